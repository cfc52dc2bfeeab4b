import { overlapNote, overlapsIn } from "../../ingest/overlaps.ts";
import { FIELDS } from "../../kit/fields.ts";
import type { Lang, Text } from "../../kit/say.ts";
import { localDay } from "../../kit/time.ts";
import { visible } from "../../kit/visible.ts";
import type { Reconciliation } from "../../review/reconciliation.ts";
import type { ListedImport } from "../../state/ledger.ts";
import { type Html, html } from "../html.ts";
import { type Key, t, textsOf } from "../i18n.ts";
import { mappableFields } from "../imports/recognise.ts";
import { findable } from "./bar.ts";
import { reconciliationSection } from "./reconciliation.ts";

/** So many of the newest files are read at a glance; a member list a day makes hundreds. */
const NEWEST = 20;
const STEPS: readonly Key[] = ["im_step_files", "im_step_check", "im_step_import", "im_step_result"];

export interface ImportsPage {
  lang: Lang;
  imports: readonly ListedImport[];
  groups: readonly { id: string; name: string }[];
  /** Formats as people call them, by id; one that is not there is told by its id. */
  formats?: ReadonlyMap<string, Text> | undefined;
  /** Importing needs a desk; without one the page is a record. */
  canImport: boolean;
  /** Zone in which days are told. */
  timezone: string;
  /** Null when nothing was built yet. */
  reconciled: Reconciliation | null;
}

/** Four steps on one page, then what was imported before, with every row accounted for. */
export function importsPage(page: ImportsPage): Html {
  const { lang, canImport } = page;
  return html`<div class="title"><h1>${t(lang, "imports_title")}</h1><p class="sub">${t(lang, "imports_lead")} ${t(lang, "imports_where")}</p></div>
${canImport ? dropZone(page) : null}
<section id="history"><div class="head"><div><h2>${t(lang, "imports_history")}</h2><p class="sub">${t(lang, "imports_sub")}</p></div></div>${history(page)}</section>
${page.reconciled ? reconciliationSection(lang, page.reconciled) : null}`;
}

function dropZone({ lang, groups }: ImportsPage): Html {
  const fields = mappableFields().map(({ kind, fields: all }) => ({
    kind,
    title: t(lang, `kind_${kind}` as Key),
    fields: all.flatMap(({ id, required }) =>
      `field_${id}` in FIELDS ? [{ id, required, title: t(lang, `field_${id}` as Key) }] : [],
    ),
  }));
  return html`<div id="import" data-texts="${JSON.stringify(textsOf(lang, "im_"))}" data-fields="${JSON.stringify(fields)}" data-groups="${JSON.stringify(groups)}"${findable(lang, groups.length)}>
<ol class="steps">${STEPS.map((key, at) => html`<li${at === 0 ? html` aria-current="step"` : null}><i>${at + 1}</i>${t(lang, key)}</li>`)}</ol>
<noscript><p class="notice">${t(lang, "imports_nojs")}</p></noscript>
<label id="drop" class="dropzone js"><input class="sr" type="file" multiple><b>${t(lang, "im_drop")}</b><span class="sub">${t(lang, "im_drop_sub")}</span></label>
<div id="import-files"></div>
<p id="signed-out" class="notice" role="alert" hidden>${t(lang, "imports_over")} <a href="/login" target="_blank">${t(lang, "imports_over_to")}</a>${t(lang, "imports_over_then")}</p>
<p class="go"><button id="import-start" type="button" class="control dark js" hidden disabled>${t(lang, "im_none_ready")}</button></p>
<div id="import-run"></div>
</div>`;
}

function history({ lang, imports, canImport, formats, timezone }: ImportsPage): Html {
  if (imports.length === 0)
    return html`<div class="card"><p class="sub">${t(lang, "imports_none")}</p></div>`;
  const number = (value: number, key: Key) =>
    html`<td class="num" data-label="${t(lang, key)}">${value.toLocaleString("en-US")}</td>`;
  const day = (value: string | null) => (value === null ? "—" : localDay(value, timezone));
  const span = ({ from, to }: ListedImport) =>
    from === null && to === null ? "—" : `${day(from)} – ${day(to)}`;
  const seen = new Set<string>();
  const batches = batchesOf(imports);
  const rows = [...imports].reverse().map((one) => {
    const isFirst = one.batch !== null && !seen.has(one.batch);
    if (one.batch) seen.add(one.batch);
    return html`<tr><th scope="row">${visible(one.fileName)}${one.isIncomplete ? html` <span class="tag worse">${t(lang, "imports_again")}</span>` : null}${doubts(lang, one)}</th><td>${formats?.get(one.importer)?.[lang] ?? one.importer}</td><td class="lead">${encodingOf(one)}</td>${number(one.read, "read")}${number(one.accepted, "accepted")}${number(one.duplicate, "duplicate")}${number(one.rejected, "rejected")}<td class="day full">${span(one)}</td><td class="actions">${isFirst && canImport ? batchActions(lang, one, batches.get(one.batch ?? "") ?? []) : null}${one.batch === null && one.rejected > 0 ? html`<small class="sub">${t(lang, "imports_rejects_check")}</small>` : null}</td></tr>`;
  });
  const twice = overlapNote(overlapsIn(imports.map((one) => ({ name: one.fileName, doubts: one.warnings }))));
  const table = (of: readonly Html[], label: string) =>
    html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="tbl stack"><thead><tr><th scope="col">${t(lang, "file")}</th><th scope="col">${t(lang, "format")}</th><th scope="col">${t(lang, "encoding")}</th><th scope="col" class="num">${t(lang, "read")}</th><th scope="col" class="num">${t(lang, "accepted")}</th><th scope="col" class="num">${t(lang, "duplicate")}</th><th scope="col" class="num">${t(lang, "rejected")}</th><th scope="col">${t(lang, "covers")}</th><td></td></tr></thead><tbody>${of}</tbody></table></div>`;
  const older = rows.slice(NEWEST);
  const rest = t(lang, "imports_older", { n: older.length });
  return html`<div class="card">${twice ? html`<p class="notice">${twice[lang]}</p>` : null}${table(rows.slice(0, NEWEST), t(lang, "imports_history"))}${older.length > 0 ? html`<details class="data"><summary>${rest}</summary>${table(older, rest)}</details>` : null}</div>`;
}

/** A workbook's texts are in no encoding that somebody chose. */
function encodingOf({ fileName, encoding }: ListedImport): string {
  return /\.xls[xm]$/i.test(fileName) ? "—" : encoding.toUpperCase();
}

/** The chats that a file seems to be another export of. What that means and what to do stands above the table. */
function doubts(lang: Lang, { fileName, warnings }: ListedImport): Html | null {
  const chats = overlapsIn([{ name: fileName, doubts: warnings }]).map(({ chat }) => chat);
  const [first] = chats;
  if (first === undefined) return null;
  if (chats.length === 1) return html`<p class="notice">${t(lang, "imports_twice", { chat: first })}</p>`;
  return html`<details class="notice"><summary>${t(lang, "imports_twice_many", { chat: first, n: chats.length })}</summary><ul>${chats.map((chat) => html`<li>${chat}</li>`)}</ul></details>`;
}

/** What was imported together, by batch. */
function batchesOf(imports: readonly ListedImport[]): Map<string, ListedImport[]> {
  const batches = new Map<string, ListedImport[]>();
  for (const one of imports)
    if (one.batch !== null) batches.set(one.batch, [...(batches.get(one.batch) ?? []), one]);
  return batches;
}

/** The button says how much goes with it; the question that it asks names the files. */
function batchActions(lang: Lang, { batch }: ListedImport, all: readonly ListedImport[]): Html {
  const sum = (of: (one: ListedImport) => number) => all.reduce((total, one) => total + of(one), 0);
  const [rows, rejected] = [sum(({ accepted }) => accepted), sum((one) => one.rejected)];
  const files = JSON.stringify(all.map(({ fileName }) => visible(fileName)));
  return html`${rejected > 0 ? html`<a class="control" href="/api/v1/imports/${batch}/rejects">${t(lang, "imports_rejects")}</a> ` : null}<button type="button" class="control js" data-undo="${batch}" data-files="${files}" data-rows="${rows}">${t(lang, "imports_undo")}</button>${all.length > 1 ? html`<small class="sub js">${t(lang, "imports_batch", { k: all.length, n: rows })}</small>` : null}`;
}
