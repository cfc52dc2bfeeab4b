import type { Drawing } from "../charts.ts";
import type { PageContext } from "../context.ts";
import { weekNumber } from "../context.ts";
import type { Html } from "../html.ts";
import { html } from "../html.ts";
import { t } from "../i18n.ts";
import { actionSection } from "./actions.ts";
import { conclusionList, controlBar, heading } from "./bar.ts";
import { campSection } from "./camp.ts";
import { definitionSection } from "./definitions.ts";
import { dormantSection } from "./dormant.ts";
import { kpiSection } from "./kpi-cards.ts";
import { document, type Shell, sectionTabs } from "./layout.ts";
import { moreSection } from "./more.ts";
import { restatedNote } from "./restated.ts";
import { rhythmSection } from "./rhythm.ts";
import { segmentSection } from "./segments.ts";
import { suggestionSection } from "./suggestions.ts";
import { whySection } from "./why.ts";

/** The weekly review, in the order of the meeting. `charts` are drawings by section. */
export function reviewPage(page: PageContext, charts: ReadonlyMap<string, readonly Drawing[]>): Html {
  const { lang, review } = page;
  return document(
    shellOf(page, t(lang, "title_week", { n: weekNumber(review.week) })),
    controlBar(page),
    sectionTabs(lang),
    reviewMain(page, charts),
  );
}

export function shellOf({ lang, theme, delta, assets, link, here }: PageContext, title: string): Shell {
  return {
    lang,
    title: `${title} · ${t(lang, "brand")}`,
    theme,
    delta,
    assets,
    otherLanguage: link({ lang: lang === "zh" ? "en" : "zh" }),
    here,
  };
}

/** What reports share with the page; `own` stands after the KPIs. On paper the suggestions come before the list, which is an appendix there. */
export function reviewMain(
  page: PageContext,
  charts: ReadonlyMap<string, readonly Drawing[]>,
  own: Html | null = null,
): Html {
  const of = (section: string) => charts.get(section) ?? [];
  const list = dormantSection(page);
  const sop = suggestionSection(page);
  return html`${heading(page)}${restatedNote(page)}${conclusionList(page)}${kpiSection(page)}${campSection(page)}${own}${actionSection(page)}${whySection(page, { parts: of("why-parts"), trend: of("why") })}${rhythmSection(page, of("rhythm"))}${segmentSection(page, of("segments"), of("churn"))}${page.isPaper ? html`${sop}${list}` : html`${list}${sop}`}${moreSection(page, of("more"))}${definitionSection(page)}`;
}
