import type { Lang } from "../../kit/say.ts";
import { shownValue } from "../../review/format.ts";
import type { KpiLine } from "../../review/types.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { deltaColor } from "./tone.ts";

const W = 260;
const H = 56;
const PAD = 6;

interface Point {
  value: number;
  complete: boolean;
  at: number;
}

/** Twelve weeks in 260 × 56: usual range, line, this week's dot; dashed to a week that is not over. A week without
 * a value is a gap, never a line drawn across. */
export function sparkline(kpi: KpiLine, lang: Lang): Html | null {
  const runs = runsOf(kpi.history);
  const points = runs.flat();
  if (points.length < 2) return html`<div class="spark empty"></div>`;
  const values = points.map(({ value }) => value);
  const all = kpi.baseline ? [...values, kpi.baseline.lo, kpi.baseline.hi] : values;
  const [min, max] = [Math.min(...all), Math.max(...all)];
  const x = (at: number) => (PAD + (at * (W - 2 * PAD)) / Math.max(kpi.history.length - 1, 1)).toFixed(1);
  const y = (value: number) => (H - PAD - ((value - min) / (max - min || 1)) * (H - 2 * PAD)).toFixed(1);
  const place = ({ at, value }: Point) => `${x(at)} ${y(value)}`;
  const now = points.find(({ at }) => at === kpi.history.length - 1);
  const before = points.find(({ at }) => at === kpi.history.length - 2);
  const past = runs.map((run) => run.filter((point) => point !== now)).filter((run) => run.length > 0);
  const shown = (value: number) => shownValue(value, kpi.unit);
  const label = t(lang, "spark", {
    n: kpi.history.length,
    name: kpi.title[lang],
    min: shown(Math.min(...values)),
    max: shown(Math.max(...values)),
    now: shownValue(kpi.value, kpi.unit),
  });
  const usual = kpi.baseline
    ? t(lang, "usual", { lo: shown(kpi.baseline.lo), hi: shown(kpi.baseline.hi) })
    : "";
  const band = kpi.baseline;
  return html`<svg class="spark" viewBox="0 0 ${W} ${H}" preserveAspectRatio="none" role="img" aria-label="${label}${usual}">${
    band
      ? html`<rect x="0" y="${y(band.hi)}" width="${W}" height="${(Number(y(band.lo)) - Number(y(band.hi))).toFixed(1)}" fill="var(--band)"/>`
      : null
  }${past.map((run) => html`<path d="M${run.map(place).join("L")}${run.length === 1 ? "h.01" : ""}" fill="none" stroke="var(--ink-3)" stroke-width="1.6" stroke-linejoin="round" stroke-linecap="round" vector-effect="non-scaling-stroke"/>`)}${
    now && before
      ? html`<path d="M${place(before)}L${place(now)}" stroke="var(--ink)" stroke-width="2"${now.complete ? null : html` stroke-dasharray="3 3"`} vector-effect="non-scaling-stroke"/>`
      : null
  }${
    now
      ? html`<path d="M${place(now)}h.01" stroke="${kpi.verdict === "better" || kpi.verdict === "worse" ? deltaColor(kpi) : "var(--ink)"}" stroke-width="8" stroke-linecap="round" vector-effect="non-scaling-stroke"/>`
      : null
  }</svg>`;
}

/** Weeks with a value, in unbroken runs. */
function runsOf(history: KpiLine["history"]): Point[][] {
  const runs: Point[][] = [[]];
  history.forEach(({ value, complete }, at) => {
    if (value === null) runs.push([]);
    else runs.at(-1)?.push({ value, complete, at });
  });
  return runs.filter((run) => run.length > 0);
}
