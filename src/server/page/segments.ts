import { change, shownDelta, shownValue } from "../../review/format.ts";
import type { Review } from "../../review/types.ts";
import { segmentName } from "../../review/words.ts";
import type { Drawing } from "../charts.ts";
import type { PageContext } from "../context.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { chartSlot } from "./chart-slot.ts";
import { dataTable, section } from "./layout.ts";
import { hasHiddenMoves, movementCards } from "./movement.ts";
import { reasonCard } from "./reasons.ts";
import { unknownSegments } from "./unknown.ts";

/** Who moved between segments, with the stocks beside it. */
export function segmentSection(
  page: PageContext,
  charts: readonly Drawing[],
  reasons: readonly Drawing[],
): Html {
  const { lang, review } = page;
  const { stock, flows } = review.segments;
  const unknown = unknownSegments(review, lang);
  if (unknown)
    return section(
      "segments",
      t(lang, "nav_segments"),
      t(lang, "segments_sub"),
      html`<div class="pair"><div class="card short"><p class="sub">${unknown}</p></div>${reasonCard(page, reasons)}</div>`,
    );
  const dormant = stock.find(({ segment }) => segment === "dormant");
  const woken = sum(flows, ({ from, to }) => from === "dormant" && to !== "dormant" && to !== "left");
  const fell = sum(flows, ({ from, to }) => from !== "dormant" && to === "dormant");
  // Whoever may not see moves of few people is told so: what is counted from the others is a lower bound.
  const isCut = hasHiddenMoves(review.segments);
  const title = t(
    lang,
    dormant?.persons === null ? "segments_title_few" : isCut ? "segments_title_least" : "segments_title",
    {
      dormant: dormant?.persons ?? 0,
      delta: shownDelta(dormant ? change(dormant.persons, dormant.previous) : 0, "count"),
      woken,
      fell,
    },
  );
  // A single ribbon from one side to the other shows nothing that the stocks don't say.
  const drawn = flows.length > 1 ? charts : [];
  const delta = (one: (typeof stock)[number]) => shownDelta(change(one.persons, one.previous), "count");
  const stocks = html`<ul class="legend stocks">${stock.map((one) => html`<li><i class="dot tier-${one.segment}"></i>${segmentName(one.segment, lang)} <b>${shownValue(one.persons, "count")}</b> <span class="sub">(${delta(one)})</span></li>`)}</ul>`;
  return section(
    "segments",
    t(lang, "nav_segments"),
    t(lang, "segments_sub"),
    html`<div class="pair"><div class="card"><h3>${title}</h3><p class="sub">${t(lang, "flow_left_right")}${isCut ? t(lang, "flow_few") : ""}</p>${drawn.map((one) => chartSlot(page, one))}
${stocks}
${dataTable(
  lang,
  [t(lang, "from_segment"), t(lang, "to_segment"), t(lang, "persons")],
  flows.map(({ from, to, persons }) => [
    segmentName(from, lang),
    segmentName(to, lang),
    shownValue(persons, "count"),
  ]),
)}</div>
${reasonCard(page, reasons)}</div>${movementCards(page)}`,
  );
}

function sum(
  flows: Review["segments"]["flows"],
  want: (flow: Review["segments"]["flows"][number]) => boolean,
): number {
  return flows.filter(want).reduce((total, { persons }) => total + persons, 0);
}
