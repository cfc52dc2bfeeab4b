import type { Lang } from "../../kit/say.ts";
import { LEAVERS } from "../../review/churn.ts";
import type { Drawing } from "../charts.ts";
import type { PageContext } from "../context.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { type ReasonLine, reasonTable, UNKNOWN } from "../shapes/reasons.ts";
import { chartSlot } from "./chart-slot.ts";
import { dataTable } from "./layout.ts";
import { toImport } from "./unknown.ts";

/** Under this, shares are shown with a word of caution. */
const ENOUGH = 10;

/**
 * The first reason, or both where what is said and what is inferred differ; null where none is known. What is inferred leaves most
 * leavers unknown now and then: that is said first, or one in eleven would read as what most of them left for.
 */
export function reasonTitle(lines: readonly ReasonLine[], lang: Lang): string | null {
  const first = (of: "declared" | "inferred") =>
    lines
      .filter((line) => line.reason !== UNKNOWN && (line[of] ?? 0) > 0)
      .sort((a, b) => (b[of] ?? 0) - (a[of] ?? 0))[0];
  const [said, inferred] = [first("declared"), first("inferred")];
  if (said && inferred) {
    return said === inferred
      ? t(lang, "reasons_title_same", { reason: said.title })
      : t(lang, "reasons_title_said", { said: said.title, inferred: inferred.title });
  }
  const only = said ?? inferred;
  if (!only) return null;
  const unknown = lines.find(({ reason }) => reason === UNKNOWN)?.[said ? "declared" : "inferred"] ?? 0;
  if (unknown <= 0.5) return t(lang, "reasons_title_one", { reason: only.title });
  return t(lang, "reasons_title_mostly_unknown", {
    share: `${Math.round(unknown * 100)}%`,
    reason: only.title,
  });
}

/** Why people left: what they said beside what their last weeks suggest, each with its n. */
export function reasonCard(page: PageContext, charts: readonly Drawing[]): Html {
  const { lang, extras, review } = page;
  const table = reasonTable(extras, lang);
  const drawn = charts.filter(({ svg }) => svg !== "");
  if (table.lines.length === 0 || drawn.length === 0) {
    const unseen = review.unknown.find(({ source }) => source === LEAVERS);
    return html`<div class="card short"><h3>${t(lang, "reasons_heading")}</h3><p class="sub">${unseen ? toImport(unseen, lang) : t(lang, "reasons_none")}</p></div>`;
  }
  const share = (value: number | null) => (value === null ? "—" : `${Math.round(value * 100)}%`);
  const title = reasonTitle(table.lines, lang);
  const { respondents, leavers } = table;
  // One bar "unknown" of 100 % is no drawing: what was looked at, and what would tell more.
  if (title === null)
    return html`<div class="card short"><h3>${t(lang, "reasons_title_unknown")}</h3><p class="sub">${t(lang, "reasons_unknown", { respondents, leavers })}</p></div>`;
  const caution = Math.max(respondents, leavers) < ENOUGH ? ` · ${t(lang, "reasons_few")}` : "";
  const square = (color: string) =>
    html`<svg width="12" height="12" aria-hidden="true"><rect width="12" height="12" rx="2" fill="var(--${color})"/></svg>`;
  return html`<div class="card"><h3>${title}</h3><p class="sub">${t(lang, "reasons_sub", { respondents, leavers })}${caution}</p>${drawn.map((one) => chartSlot(page, one))}
<p class="legend"><span>${square("accent")} ${t(lang, "reason_declared")}</span><span>${square("accent-soft")} ${t(lang, "reason_inferred")}</span></p>${dataTable(
    lang,
    [t(lang, "reason"), t(lang, "reason_declared"), t(lang, "reason_inferred")],
    table.lines.map((line) => [line.title, share(line.declared), share(line.inferred)]),
  )}</div>`;
}
