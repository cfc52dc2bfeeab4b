import { signOf } from "../../kit/money.ts";
import type { Lang } from "../../kit/say.ts";
import { visible } from "../../kit/visible.ts";
import type { FlowStep, OrderFile, PlatformFigure, Reconciliation } from "../../review/reconciliation.ts";
import { type Html, html } from "../html.ts";
import { type Key, t } from "../i18n.ts";

const BAR = 120;
const number = (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: 2 });
const money = (value: number) =>
  value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
/** An amount of a file in the currency of that file, written as on every other page. */
const amountIn = (value: number, currency: string) =>
  /^[A-Z]{3}$/.test(currency)
    ? `${signOf(currency)}${money(value)}`
    : `${money(value)} ${currency}`.trimEnd();

/** What became of the lines of the files, up to the KPIs, and whether both sides agree. */
export function reconciliationSection(
  lang: Lang,
  { steps, orderFiles, checks, platform }: Reconciliation,
): Html {
  const flows = [...new Set(steps.map(({ flow }) => flow))].filter((flow) =>
    steps.some((one) => one.flow === flow && one.rows !== 0),
  );
  const bad = checks.filter(({ isOk }) => !isOk);
  return html`<section id="reconciliation"><div class="head"><div><h2>${t(lang, "rec_title")}</h2><p class="sub">${t(lang, "rec_sub")}</p></div></div>
${
  bad.length > 0
    ? html`<ul class="notice">${bad.map((one) => html`<li class="bad">${t(lang, "rec_check_bad", { text: one.text[lang], files: number(one.files), kpis: number(one.kpis), difference: number(one.difference) })}</li>`)}</ul>`
    : html`<p class="ok">✓ ${t(lang, "rec_checks_ok")}</p>`
}
${flows.map((flow) =>
  flowTable(
    lang,
    flow,
    steps.filter((one) => one.flow === flow),
  ),
)}
${orderFiles.length > 0 ? filesTable(lang, orderFiles) : null}
${platform.length > 0 ? platformTable(lang, platform) : null}</section>`;
}

function flowTable(lang: Lang, flow: string, steps: readonly FlowStep[]): Html {
  const most = Math.max(1, ...steps.map(({ rows }) => rows));
  const hasAmount = steps.some(({ amount }) => amount !== null);
  const title = t(lang, `rec_${flow}` as Key);
  const rows = steps
    .filter(({ isDrop, rows }) => !isDrop || rows !== 0)
    .map(({ isDrop, text, rows, amount, samples }) => {
      const width = Math.max(1, Math.round((BAR * rows) / most));
      return html`<tr class="${isDrop ? "drop-row" : "step-row"}"><th scope="row">${isDrop ? "− " : null}${text[lang]}${samples.length > 0 ? html`<small>${t(lang, "rec_samples")} ${samples.map(visible).join(lang === "zh" ? "； " : "; ")}</small>` : null}</th><td class="num">${number(rows)}</td>${hasAmount ? html`<td class="num">${amount === null ? "" : money(amount)}</td>` : null}<td class="wide"><svg class="length" width="${BAR}" height="8" aria-hidden="true"><rect width="${width}" height="8" rx="2"/></svg></td></tr>`;
    });
  return html`<div class="card flow"><h3>${title}</h3><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="tbl"><thead><tr><th scope="col">${t(lang, "rec_step")}</th><th scope="col" class="num">${t(lang, "rec_rows")}</th>${hasAmount ? html`<th scope="col" class="num">${t(lang, "rec_amount")}</th>` : null}<td class="wide"></td></tr></thead><tbody>${rows}</tbody></table></div></div>`;
}

function filesTable(lang: Lang, files: readonly OrderFile[]): Html {
  const heads: readonly Key[] = [
    "read",
    "rejected",
    "rec_orders_n",
    "rec_paid",
    "rec_refunded",
    "rec_counted",
    "rec_counted_amount",
    "rec_left_out",
    "rec_newer",
  ];
  const rows = files.map((one) => {
    const cells = [
      number(one.lines),
      number(one.rejected),
      number(one.orders),
      amountIn(one.paid, one.currency),
      money(one.refunded),
      number(one.counted),
      money(one.countedAmount),
      number(one.leftOut),
      number(one.newer),
    ];
    return html`<tr><th scope="row" class="full">${visible(one.file)}</th>${cells.map((cell, at) => html`<td class="num" data-label="${t(lang, heads[at] as Key)}">${cell}</td>`)}</tr>`;
  });
  return html`<div class="card flow"><h3>${t(lang, "rec_files")}</h3><p class="sub">${t(lang, "rec_files_sub")}</p><div class="scroll" tabindex="0" role="region" aria-label="${t(lang, "rec_files")}"><table class="tbl stack"><thead><tr><th scope="col">${t(lang, "file")}</th>${heads.map((key) => html`<th scope="col" class="num">${t(lang, key)}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div></div>`;
}

function platformTable(lang: Lang, figures: readonly PlatformFigure[]): Html {
  const rows = figures.map(
    ({ day, scope, text, stated, counted, isWithin, reason }) =>
      html`<tr><th scope="row">${text[lang]}</th><td>${scope ?? t(lang, "rec_scope_all")}</td><td class="day">${day}</td><td class="num">${number(stated)}</td><td class="num">${number(counted)}</td><td>${isWithin ? t(lang, "rec_within") : (reason?.[lang] ?? "")}</td></tr>`,
  );
  return html`<div class="card flow"><h3>${t(lang, "rec_platform")}</h3><p class="sub">${t(lang, "rec_platform_sub")}</p><div class="scroll" tabindex="0" role="region" aria-label="${t(lang, "rec_platform")}"><table class="tbl"><thead><tr><th scope="col">${t(lang, "rec_figure")}</th><th scope="col">${t(lang, "rec_scope")}</th><th scope="col">${t(lang, "rec_day")}</th><th scope="col" class="num">${t(lang, "rec_stated")}</th><th scope="col" class="num">${t(lang, "rec_own")}</th><th scope="col">${t(lang, "rec_why")}</th></tr></thead><tbody>${rows}</tbody></table></div></div>`;
}
