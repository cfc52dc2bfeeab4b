import type { Lang } from "../../kit/say.ts";
import { shownDelta, shownParts, shownValue } from "../../review/format.ts";
import type { CampBase, KpiLine, MissingKpi } from "../../review/types.ts";
import { verdictWord } from "../../review/words.ts";
import type { PageContext, Versus } from "../context.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { section } from "./layout.ts";
import { sparkline } from "./sparkline.ts";
import { deltaClass, shownMove } from "./tone.ts";
import { onward } from "./unknown.ts";

/** The figures of the week: the headline ones large, the others in a row of small cards. */
export function kpiSection(page: PageContext): Html {
  const { lang, review, layout } = page;
  const cards = (ids: readonly string[], draw: typeof headline) =>
    ids.map((id) => {
      const missing = review.missing.find(({ kpi }) => kpi === id);
      if (missing) return unknown(missing, page);
      const kpi = review.kpis.find((one) => one.id === id);
      return kpi ? draw(kpi, page) : null;
    });
  const listed = new Set([...layout.headline, ...layout.more]);
  const others = review.kpis.filter(({ id }) => !listed.has(id));
  return section(
    "kpi",
    t(lang, "nav_kpi"),
    page.versus === "week" ? "" : t(lang, page.versus === "camp" ? "base_note_camp" : "base_note"),
    html`<div class="kpis">${cards(layout.headline, headline)}</div>
<h3 class="more">${t(lang, "more_kpis")}</h3>
<div class="kpis small">${cards(layout.more, small)}</div>
${others.length > 0 ? restTable(others, page) : null}`,
  );
}

/** KPIs that the layout does not name: all of them, folded. */
function restTable(kpis: readonly KpiLine[], { lang, link }: PageContext): Html {
  return html`<details class="data" id="kpi-rest"><summary>${t(lang, "all_kpis", { n: kpis.length })}</summary><div class="scroll" tabindex="0" role="region" aria-label="${t(lang, "more_kpis")}"><table class="tbl"><thead><tr><th scope="col">${t(lang, "kpi")}</th><th scope="col" class="num">${t(lang, "this_week")}</th><th scope="col" class="num wide">${t(lang, "last_week")}</th><th scope="col" class="num">${t(lang, "change")}</th><th scope="col" class="num wide">${t(lang, "numerator_denominator")}</th><th scope="col">${t(lang, "verdict")}</th></tr></thead><tbody>${kpis.map((kpi) => html`<tr id="kpi-${kpi.id}"><th scope="row"><a href="${link({ kpi: kpi.id })}#why" title="${kpi.description[lang]}">${kpi.title[lang]}</a></th><td class="num">${shownValue(kpi.value, kpi.unit)}</td><td class="num wide">${shownValue(kpi.previous?.value ?? null, kpi.unit)}</td><td class="num"><b class="${deltaClass(kpi)}">${kpi.delta === null ? "—" : shownMove(kpi.delta, kpi.unit)}</b></td><td class="num wide">${kpi.denominator === null ? "" : shownParts(kpi, kpi.unit)}</td><td>${verdictWord(kpi, lang)}</td></tr>`)}</tbody></table></div></details>`;
}

function headline(kpi: KpiLine, page: PageContext): Html {
  const { lang, link } = page;
  const value = shownValue(kpi.value, kpi.unit);
  const number = value.endsWith("%") ? html`${value.slice(0, -1)}<small>%</small>` : html`${value}`;
  return html`<article class="card kpi" id="kpi-${kpi.id}">
<div class="lab"><h3><a class="cover" href="${link({ kpi: kpi.id })}#why" title="${kpi.description[lang]}">${kpi.title[lang]}</a></h3>${verdict(kpi, page)}</div>
<p class="val">${number}</p>
${change(kpi, page)}
${sparkline(kpi, lang)}
<dl>${kpi.denominator === null ? null : html`<div><dt>${partsName(kpi, page)}</dt><dd>${shownParts(kpi, kpi.unit)}</dd></div>`}${target(kpi, page)}${companion(kpi, page)}${reported(kpi, page)}</dl>
</article>`;
}

/** A card without its source stays where it was, and says which file is missing. */
function unknown({ kpi, title, text, href }: MissingKpi, { lang }: PageContext): Html {
  return html`<article class="card kpi" id="kpi-${kpi}"><div class="lab"><h3>${title[lang]}</h3></div><p class="val">—</p><p class="sub">${text[lang]}${onward(lang, href)}</p></article>`;
}

function small(kpi: KpiLine, page: PageContext): Html {
  const { lang, link } = page;
  return html`<article class="card kpi" id="kpi-${kpi.id}">
<div class="lab"><h3><a class="cover" href="${link({ kpi: kpi.id })}#why" title="${kpi.description[lang]}">${kpi.title[lang]}</a></h3></div>
<p class="val">${shownValue(kpi.value, kpi.unit)}${kpi.denominator === null ? null : html` <small title="${partsName(kpi, page)}">${shownParts(kpi, kpi.unit)}</small>`}</p>
${change(kpi, page)}
<p class="sub">${verdict(kpi, page)}${trust(kpi, page)}</p>
${asideLine(kpi, page)}
</article>`;
}

/** Filled dot = beyond noise, hollow = not; the word says which, the title how sure. */
function verdict(kpi: KpiLine, { lang }: PageContext): Html {
  const sure = kpi.verdict === "better" || kpi.verdict === "worse";
  const interval = kpi.interval
    ? t(lang, "interval", {
        lo: shownDelta(kpi.interval[0], kpi.unit),
        hi: shownDelta(kpi.interval[1], kpi.unit),
      })
    : "";
  const size =
    kpi.minDetectable === null
      ? ""
      : t(lang, "detectable", { size: shownDelta(kpi.minDetectable, kpi.unit).replace("+", "") });
  return html`<span class="sig ${sure ? "yes" : "no"}" title="${[interval, size].filter((text) => text !== "").join("\n")}"><i></i><span>${verdictWord(kpi, lang)}</span></span>`;
}

/** The difference to another base than last week: it is shown, and grey, since only the week before is judged. */
function difference(kpi: KpiLine, versus: Exclude<Versus, "week">, lang: Lang): Html {
  const { fourWeeks, ordinaryWeeks, lastYear, festival, target, campDay } = kpi.against;
  if (versus === "camp" && campDay) return campDifference(campDay, kpi, lang);
  const bases = { mean: fourWeeks, ordinary: ordinaryWeeks, year: lastYear, festival, target, camp: null };
  const base = bases[versus];
  if (!base) return html`<p class="delta"><span>${t(lang, "base_none")}</span></p>`;
  return html`<p class="delta"><b class="d-flat">${shownMove(base.delta, kpi.unit)}</b> <span>${t(lang, `base_${versus}`, { value: shownValue(base.value, kpi.unit), title: festival?.title[lang] ?? "" })}</span></p>`;
}

/** Two camps on the same day are judged like two weeks, and the word stands here: the card's own is of the weeks. */
function campDifference(base: CampBase, kpi: KpiLine, lang: Lang): Html {
  const shown = (figure: CampBase["own"]) =>
    `${shownValue(figure.value, kpi.unit)} (${shownParts(figure, kpi.unit, "/")})`;
  const text = t(lang, "base_camp", { day: base.day, own: shown(base.own), value: shown(base.previous) });
  return html`<p class="delta"><b class="${deltaClass(base)}">${shownMove(base.delta, kpi.unit)}</b> <span>${text} · ${verdictWord(base, lang)}</span></p>`;
}

function change(kpi: KpiLine, { lang, versus }: PageContext): Html | null {
  if (versus !== "week") return difference(kpi, versus, lang);
  // The word of the verdict says that there is no week before.
  if (kpi.delta === null && (kpi.previous?.value ?? null) === null) return null;
  if (kpi.delta === null)
    return html`<p class="delta"><span>${t(lang, "last_value", { value: shownValue(kpi.previous?.value ?? null, kpi.unit) })}</span></p>`;
  const word =
    kpi.verdict === "better"
      ? t(lang, "better")
      : kpi.verdict === "worse"
        ? t(lang, "worse")
        : t(lang, "flat");
  const before = kpi.previous?.value ?? null;
  const percent =
    kpi.unit === "ratio" || before === null || before === 0
      ? ""
      : ` (${shownDelta(kpi.delta / before, "ratio").replace("pp", "%")})`;
  return html`<p class="delta"><b class="${deltaClass(kpi)}">${shownMove(kpi.delta, kpi.unit)}${percent}</b><span class="sr">${word}</span> <span>${t(lang, "last_value", { value: shownValue(before, kpi.unit) })}</span></p>`;
}

function target(kpi: KpiLine, { lang }: PageContext): Html | null {
  if (kpi.target === null || kpi.value === null) return null;
  const down = kpi.good === "down";
  return html`<div><dt>${t(lang, "target")} ${down ? "≤" : "≥"} ${shownValue(kpi.target, kpi.unit)}</dt><dd>${reach(kpi, lang)}</dd></div>`;
}

/** Whether the target is met. A week that is not over, or that still moves, has met and missed nothing. */
function reach({ against, good, unit, reason }: KpiLine, lang: Lang): string {
  if (against.target === null || reason === "unsettled" || reason === "roster" || reason === "gap")
    return t(lang, "target_waits");
  const { delta } = against.target;
  if (good === "down" ? delta <= 0 : delta >= 0) return t(lang, "reached");
  const gap = shownDelta(Math.abs(delta), unit).replace("+", "");
  return t(lang, good === "down" ? "over" : "gap", { gap });
}

/** What says how far the figure can be trusted, right beside it. */
function companion(kpi: KpiLine, { lang, review }: PageContext): Html | null {
  const other = review.kpis.find(({ id }) => id === kpi.shownWith);
  if (!other) return null;
  return html`<div><dt>${other.title[lang]}</dt><dd title="${other.description[lang]}">${shownValue(other.value, other.unit)}</dd></div>`;
}

/** The same in a small card: a word on the line of the verdict, since the same figure stands on many of them. */
function trust(kpi: KpiLine, { lang, review, layout }: PageContext): Html | null {
  const other = review.kpis.find(({ id }) => id === kpi.shownWith);
  if (!other) return null;
  const name = layout.short[other.id]?.[lang] ?? other.title[lang];
  return html` <span class="trust" title="${other.title[lang]} · ${other.description[lang]}">${name} ${shownValue(other.value, other.unit)}</span>`;
}

/** As the week's own report had it, where later refunds made it another. */
function reported({ reported: then, unit }: KpiLine, { lang }: PageContext): Html | null {
  if (!then) return null;
  const parts = then.denominator === null ? "" : ` (${shownParts(then, unit)})`;
  return html`<div title="${t(lang, "as_reported_sub")}"><dt>${t(lang, "as_reported")}</dt><dd>${shownValue(then.value, unit)}${parts}</dd></div>`;
}

function asideLine(kpi: KpiLine, page: PageContext): Html | null {
  const line = reported(kpi, page);
  return line ? html`<dl>${line}</dl>` : null;
}

/** What is divided by what, in the words of the dashboard where it has them. */
export function partsName({ id }: Pick<KpiLine, "id">, { lang, layout }: PageContext): string {
  return layout.parts[id]?.[lang] ?? t(lang, "numerator_denominator");
}
