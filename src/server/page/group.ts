import { shownDelta, shownValue } from "../../review/format.ts";
import type { KpiLine, Review } from "../../review/types.ts";
import { verdictWord } from "../../review/words.ts";
import type { Drawing } from "../charts.ts";
import { type PageContext, weekNumber } from "../context.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { controlBar } from "./bar.ts";
import { reviewMain, shellOf } from "./index.ts";
import { document, section, sectionTabs } from "./layout.ts";
import { placesOf } from "./ranking.ts";
import { arrow, deltaClass } from "./tone.ts";

/** One group: the same blocks as the week's page, and its place among the groups. @param all the week of all groups. */
export function groupPage(
  page: PageContext,
  all: Review | null,
  charts: ReadonlyMap<string, readonly Drawing[]>,
): Html {
  const { lang, review } = page;
  const title = t(lang, "group_title", {
    name: review.groupName ?? review.group,
    n: weekNumber(review.week),
  });
  const against = all ? standing(page, all) : null;
  return document(
    shellOf(page, title),
    controlBar(page),
    sectionTabs(lang),
    reviewMain({ ...page, heading: title }, charts, against),
  );
}

function standing(page: PageContext, all: Review): Html {
  const { lang, review, layout, link } = page;
  const ids = [...layout.headline, ...layout.more];
  const rows = ids.flatMap((id) => {
    const kpi = review.kpis.find((one) => one.id === id);
    return kpi
      ? [
          {
            kpi,
            whole: all.group === "*" ? all.kpis.find((one) => one.id === id) : undefined,
            ...(kpi.unit === "ratio" ? ranked(kpi, page) : placed(kpi, page)),
          },
        ]
      : [];
  });
  const best = rows
    .filter((row) => row.place !== null && row.of > 2 && row.kpi.good !== null)
    .sort((a, b) => (a.place ?? 0) / a.of - (b.place ?? 0) / b.of)[0];
  const heading = best
    ? t(lang, "group_best", {
        name: review.groupName ?? review.group,
        kpi: best.kpi.title[lang],
        n: best.of,
        place: best.place ?? 0,
      })
    : t(lang, "group_against");
  return section(
    "against",
    t(lang, "group_against"),
    t(lang, "group_against_sub"),
    html`<div class="card"><h3>${heading}</h3><div class="scroll" tabindex="0" role="region" aria-label="${t(lang, "group_against")}"><table class="tbl stack"><thead><tr><th scope="col">${t(lang, "kpi")}</th><th scope="col" class="num">${t(lang, "this_week")}</th><th scope="col" class="num">${t(lang, "change")}</th><th scope="col" class="num">${t(lang, "group_all")}</th><th scope="col" class="num">${t(lang, "group_place")}</th><th scope="col">${t(lang, "verdict")}</th></tr></thead><tbody>${rows.map(
      ({ kpi, whole, place: at, of }) =>
        html`<tr><th scope="row"><a href="${link({ kpi: kpi.id })}#why">${kpi.title[lang]}</a></th><td class="num lead">${shownValue(kpi.value, kpi.unit)}</td><td class="num"><b class="${deltaClass(kpi)}">${kpi.delta === null ? "—" : `${arrow(kpi.delta)} ${shownDelta(kpi.delta, kpi.unit).replace(/^[+−]/, "")}`}</b></td><td class="num" data-label="${t(lang, "group_all")}">${shownValue(whole?.value ?? null, kpi.unit)}</td><td class="num" data-label="${t(lang, "group_place")}">${at === null ? "—" : t(lang, "group_place_of", { place: at, n: of })}</td><td>${verdictWord(kpi, lang)}</td></tr>`,
    )}</tbody></table></div></div>`,
  );
}

/** Place of a rate among the groups of its kind, small ones shrunk: the same as on the week's page. */
function ranked(kpi: KpiLine, { extras }: PageContext): { place: number | null; of: number } {
  const [own] = placesOf(extras.ranking.filter((row) => row["kpi"] === kpi.id));
  return { place: own?.place ?? null, of: own?.of ?? 0 };
}

/** Place by a number that is no rate, the best first, among the groups with enough people to be judged. */
function placed(kpi: KpiLine, { extras }: PageContext): { place: number | null; of: number } {
  const own = extras.places.find((row) => row["kpi"] === kpi.id);
  return { place: own ? Number(own["place"]) : null, of: Number(own?.["placed_groups"] ?? 0) };
}
