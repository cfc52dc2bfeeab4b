import type { Lang } from "../../kit/say.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";

/** Nothing was built yet: what is missing, and two ways on. */
export function emptyPage(lang: Lang): Html {
  return html`<div class="card blank"><h1>${t(lang, "empty_title")}</h1><p>${t(lang, "empty_need")}</p><p>${t(lang, "empty_do")} <code>fupan run</code></p><p>${t(lang, "empty_demo")} <code>fupan demo</code></p></div>`;
}

export function messagePage(lang: Lang, title: string, hint: string): Html {
  return html`<div class="card blank"><h1>${title}</h1>${hint === "" ? null : html`<p>${hint}</p>`}<p><a href="/">${t(lang, "back")}</a></p></div>`;
}
