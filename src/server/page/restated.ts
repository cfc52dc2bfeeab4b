import { shownParts, shownValue } from "../../review/format.ts";
import type { Restated } from "../../review/types.ts";
import { localTime, type PageContext } from "../context.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";

/** More figures than these would push the week itself off the screen. */
const MOST_OPEN = 5;

/** What the meeting saw, beside what is known now: a frozen report never changes, so the differences are named here. */
export function restatedNote({
  lang,
  review,
  restated,
  frozenAt,
  frozenDays,
  frozenForms,
  isPaper,
}: PageContext): Html | null {
  if (frozenAt === null || isPaper) return null;
  const shown = (figure: Restated["was"], unit: Restated["unit"]) =>
    figure.denominator === null
      ? shownValue(figure.value, unit)
      : `${shownValue(figure.value, unit)} (${shownParts(figure, unit, "/")})`;
  const at = t(lang, "frozen", { at: localTime(lang, frozenAt, review.timezone) });
  const links = html`${t(lang, "frozen_files")} ${frozenForms.map((form) => html`<a href="/reports/${review.week}/review.${form}">${form}</a> `)}`;
  const files = html`<p class="sub">${at} · ${links}</p>`;
  if (frozenDays) {
    const days = t(lang, "frozen_days", {
      ...frozenDays,
      now: `${review.from} – ${review.to} (${review.timezone})`,
    });
    return html`<details class="card frozen"><summary>${at}</summary><p class="sub">${days}</p>${files}</details>`;
  }
  if (restated.length === 0)
    return html`<p class="sub frozen">${at} · ${t(lang, "frozen_same")} ${links}</p>`;
  const isOpen = restated.length <= MOST_OPEN;
  return html`<details class="card frozen"${isOpen ? html` open` : null}><summary>${t(lang, "frozen_moved", { n: restated.length })}</summary>${files}<div class="scroll" tabindex="0" role="region" aria-label="${at}"><table class="tbl"><thead><tr><th scope="col">${t(lang, "kpi")}</th><th scope="col" class="num">${t(lang, "frozen_then")}</th><th scope="col" class="num">${t(lang, "frozen_now")}</th></tr></thead><tbody>${restated.map(({ title, unit, was, now }) => html`<tr><th scope="row">${title[lang]}</th><td class="num">${shown(was, unit)}</td><td class="num">${shown(now, unit)}</td></tr>`)}</tbody></table></div></details>`;
}
