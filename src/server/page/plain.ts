import type { Lang } from "../../kit/say.ts";
import type { Row } from "../../warehouse/rows.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";

/** Nothing was built yet: what is missing, and two ways on. */
export function emptyPage(lang: Lang): Html {
  return html`<div class="card blank"><h1>${t(lang, "empty_title")}</h1><p>${t(lang, "empty_need")}</p><p>${t(lang, "empty_do")} <code>fupan run</code></p><p>${t(lang, "empty_demo")} <code>fupan demo</code></p></div>`;
}

export function messagePage(lang: Lang, title: string, hint: string): Html {
  return html`<div class="card blank"><h1>${title}</h1>${hint === "" ? null : html`<p>${hint}</p>`}<p><a href="/">${t(lang, "back")}</a></p></div>`;
}

/** What was imported, with every row accounted for. */
export function importsPage(lang: Lang, rows: readonly Row[]): Html {
  const number = (value: Row[string] | undefined) =>
    html`<td class="num">${Number(value ?? 0).toLocaleString("en-US")}</td>`;
  const day = (value: Row[string] | undefined) =>
    value === null || value === undefined ? "—" : String(value).slice(0, 10);
  return html`<div class="title"><h1>${t(lang, "imports_title")}</h1><p class="sub">${t(lang, "imports_sub")} · <a href="/">${t(lang, "back")}</a></p></div>
<div class="card"><div class="scroll" tabindex="0" role="region" aria-label="${t(lang, "imports_title")}"><table class="tbl"><thead><tr><th scope="col">${t(lang, "file")}</th><th scope="col">${t(lang, "format")}</th><th scope="col">${t(lang, "encoding")}</th><th scope="col" class="num">${t(lang, "read")}</th><th scope="col" class="num">${t(lang, "accepted")}</th><th scope="col" class="num">${t(lang, "duplicate")}</th><th scope="col" class="num">${t(lang, "rejected")}</th><th scope="col">${t(lang, "covers")}</th></tr></thead><tbody>${rows.map((row) => html`<tr><th scope="row">${String(row["file_name"])}</th><td>${String(row["importer"])}</td><td>${String(row["encoding"])}</td>${number(row["read"])}${number(row["accepted"])}${number(row["duplicate"])}${number(row["rejected"])}<td>${day(row["from_at"])} – ${day(row["to_at"])}</td></tr>`)}</tbody></table></div></div>`;
}
