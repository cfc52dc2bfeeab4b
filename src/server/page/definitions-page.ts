import type { PageContext } from "../context.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { definitionList } from "./definitions.ts";

/** Every definition on a page of its own, open and linkable. */
export function definitionsPage({ lang, review }: Pick<PageContext, "lang" | "review">): Html {
  return html`<div class="title"><h1>${t(lang, "definitions_title")}</h1><p class="sub">${t(lang, "definitions_page_sub")}</p></div><div class="card">${definitionList(review.kpis, lang)}</div>`;
}
