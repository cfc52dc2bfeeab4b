import type { Lang } from "../../kit/say.ts";
import { shownValue } from "../../review/format.ts";
import type { KpiLine } from "../../review/types.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { deltaColor } from "./tone.ts";

const W = 260;
const H = 56;
const PAD = 6;

/** Twelve weeks in 260 × 56: usual range, line, this week's dot; dashed to a week that is not over. */
export function sparkline(kpi: KpiLine, lang: Lang): Html | null {
  const points = kpi.history.flatMap(({ value, complete }, at) =>
    value === null ? [] : [{ value, complete, at }],
  );
  const last = points.at(-1);
  if (points.length < 2 || !last) return html`<div class="spark empty"></div>`;
  const values = points.map(({ value }) => value);
  const all = kpi.baseline ? [...values, kpi.baseline.lo, kpi.baseline.hi] : values;
  const [min, max] = [Math.min(...all), Math.max(...all)];
  const x = (at: number) => (PAD + (at * (W - 2 * PAD)) / Math.max(kpi.history.length - 1, 1)).toFixed(1);
  const y = (value: number) => (H - PAD - ((value - min) / (max - min || 1)) * (H - 2 * PAD)).toFixed(1);
  const line = points.slice(0, -1).map(({ at, value }) => `${x(at)},${y(value)}`);
  const before = points.at(-2) ?? last;
  const shown = (value: number) => shownValue(value, kpi.unit);
  const label = t(lang, "spark", {
    n: points.length,
    name: kpi.title[lang],
    min: shown(Math.min(...values)),
    max: shown(Math.max(...values)),
    now: shown(last.value),
  });
  const usual = kpi.baseline
    ? t(lang, "usual", { lo: shown(kpi.baseline.lo), hi: shown(kpi.baseline.hi) })
    : "";
  const band = kpi.baseline;
  return html`<svg class="spark" viewBox="0 0 ${W} ${H}" preserveAspectRatio="none" role="img" aria-label="${label}${usual}">${
    band
      ? html`<rect x="0" y="${y(band.hi)}" width="${W}" height="${(Number(y(band.lo)) - Number(y(band.hi))).toFixed(1)}" fill="var(--band)"/>`
      : null
  }<polyline points="${line.join(" ")}" fill="none" stroke="var(--ink-3)" stroke-width="1.6" stroke-linejoin="round" vector-effect="non-scaling-stroke"/><path d="M${x(before.at)} ${y(before.value)}L${x(last.at)} ${y(last.value)}" stroke="var(--ink)" stroke-width="2"${last.complete ? null : html` stroke-dasharray="3 3"`} vector-effect="non-scaling-stroke"/><path d="M${x(last.at)} ${y(last.value)}h.01" stroke="${kpi.verdict === "better" || kpi.verdict === "worse" ? deltaColor(kpi) : "var(--ink)"}" stroke-width="8" stroke-linecap="round" vector-effect="non-scaling-stroke"/></svg>`;
}
