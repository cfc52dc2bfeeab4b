import { type PageContext, shortDay } from "../context.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { section } from "./layout.ts";

/** Days that a meeting looks at; the ones before unfold. */
const SHOWN_DAYS = 7;
const STEPS = ["spoke", "bought", "gone"] as const;

/** A camp that runs in the week, day by day beside the one before it: N-12, and the table behind it. */
export function campSection({ lang, extras, review, isPaper }: PageContext): Html | null {
  const rows = extras.camp;
  const last = rows.at(-1);
  if (!last || String(last["local_day"]) < review.from) return null;
  const hasBefore = last["previous_name"] !== null;
  // Counts of few people are null to whoever may not see them.
  const isTold = last["spoke"] !== null && (!hasBefore || last["previous_spoke"] !== null);
  const title = t(lang, !isTold ? "camp_title_few" : hasBefore ? "camp_title" : "camp_title_first", {
    day: Number(last["day"]),
    spoke: Number(last["spoke"]),
    before: Number(last["previous_spoke"]),
    name: String(last["previous_name"] ?? ""),
  });
  const of = (done: unknown, joined: unknown) =>
    done === null || joined === null ? "—" : `${Number(done)} / ${Number(joined)}`;
  const head = STEPS.flatMap((step) => {
    const what = t(lang, `camp_${step}`);
    return hasBefore ? [what, t(lang, "camp_before", { what })] : [what];
  });
  const cells = (row: (typeof rows)[number], step: string) =>
    html`<td class="num">${of(row[step], row["joined"])}</td>${hasBefore ? html`<td class="num">${of(row[`previous_${step}`], row["previous_joined"])}</td>` : null}`;
  const table = (days: typeof rows, label: string) =>
    html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="tbl"><thead><tr><th scope="col">${t(lang, "camp_day")}</th>${head.map((one) => html`<th scope="col" class="num">${one}</th>`)}</tr></thead><tbody>${days.map(
      (row) =>
        html`<tr><th scope="row">${Number(row["day"])} <small>${shortDay(lang, String(row["local_day"]))}</small></th>${STEPS.map((step) => cells(row, step))}</tr>`,
    )}</tbody></table></div>`;
  const earlier = isPaper ? [] : rows.slice(0, -SHOWN_DAYS);
  const unfold = t(lang, "camp_earlier", { n: earlier.length });
  return section(
    "camp",
    t(lang, "nav_camp"),
    t(lang, "camp_sub"),
    html`<div class="card"><h3>${title}</h3>${table(rows.slice(-SHOWN_DAYS), t(lang, "nav_camp"))}${earlier.length > 0 ? html`<details class="data"><summary>${unfold}</summary>${table(earlier, unfold)}</details>` : null}</div>`,
  );
}
