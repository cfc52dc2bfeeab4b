import type { Lang } from "../../kit/say.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { pageName } from "./layout.ts";

/** Nothing was built yet: what is missing, and two ways on. @param path the page's own, which keeps its name. */
export function emptyPage(lang: Lang, path: string): Html {
  return html`<div class="title"><h1>${pageName(lang, path)}</h1></div><div class="card blank">${BARS}<h2>${t(lang, "empty_title")}</h2><p>${t(lang, "empty_need")}</p><p><a class="control dark" href="/imports">${t(lang, "imports_title")}</a></p><p class="sub">${t(lang, "empty_do")} <code>fupan run</code><span class="gapped">${t(lang, "empty_demo")} <code>fupan demo</code></span></p></div>`;
}

const BARS = html`<svg width="48" height="48" viewBox="0 0 48 48" aria-hidden="true"><path d="M7 40V24m11 16V12m11 28V20m11 20V5M2 45h44" fill="none" stroke="var(--line-strong)" stroke-width="3" stroke-linecap="round"/></svg>`;

/**
 * @param again whether to offer the page once more, where the trouble may be over by then and every page has it. The address is left to
 *   the browser: it may name a person, and what went wrong is passed on as a picture.
 */
export function messagePage(lang: Lang, title: string, hint: string, again: boolean): Html {
  return html`<div class="card blank"><h1>${title}</h1>${hint === "" ? null : html`<p>${hint}</p>`}${again ? html`<p><a class="control dark" href="">${t(lang, "again")}</a></p>` : null}<p><a href="/">${t(lang, "back")}</a></p></div>`;
}
