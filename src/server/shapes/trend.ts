import type { ChartRow } from "../../charts/compile.ts";
import type { Lang } from "../../kit/say.ts";
import { shownValue } from "../../review/format.ts";
import type { KpiLine } from "../../review/types.ts";
import type { Row } from "../../warehouse/rows.ts";
import { t } from "../i18n.ts";
import type { Shape } from "./scene.ts";

/** Twelve weeks of the KPI with its usual range. */
export const trend: Shape = ({ kpi, lang, extras }) =>
  kpi
    ? {
        rows: trendRows(kpi, eventsByWeek(extras.events, lang)),
        label: `${kpi.title[lang]}: ${shownValue(kpi.value, kpi.unit)}`,
      }
    : { rows: [], label: "" };

/** An event of more weeks than this is every week's business and marks none. */
const MOST_WEEKS = 4;

/**
 * Titles of the events by the label of the week in which they begin. One of three weeks or more is marked where it ends as well:
 * a pre-sale begins long before the day that everybody buys on.
 */
export function eventsByWeek(events: readonly Row[], lang: Lang): Map<string, string> {
  const weeks = [...new Set(events.map((row) => String(row["label"])))];
  const titleOf = (row: Row) => String(row[lang === "zh" ? "title_zh" : "title_en"]);
  const of = (title: string) =>
    events.filter((row) => titleOf(row) === title).map((row) => String(row["label"]));
  const marked = (week: string, title: string): string[] => {
    const own = of(title);
    const at = weeks.indexOf(week);
    const runs = (step: number) => own.includes(weeks[at + step] ?? "");
    if (own.length > MOST_WEEKS || (runs(-1) && runs(1))) return [];
    if (runs(1)) return [runs(2) ? t(lang, "event_from", { title }) : title];
    if (!runs(-1)) return [title];
    if (!runs(-2)) return [];
    // The newest week may not be its last.
    return [at < weeks.length - 1 ? t(lang, "event_to", { title }) : title];
  };
  const titles = (week: string) =>
    events.filter((row) => row["label"] === week).flatMap((row) => marked(week, titleOf(row)));
  return new Map(
    weeks.flatMap((week) => {
      const list = titles(week);
      return list.length > 0 ? [[week, list.join(lang === "zh" ? "、" : ", ")]] : [];
    }),
  );
}

/** What has room above a line. */
const EVENT_CHARS = 6;

export interface EventNote {
  n: number;
  /** As the axis calls it. */
  week: string;
  title: string;
}

/** The events by number, where the name of one is too long to stand in the chart; none where all stand there. */
export function eventNotes(kpi: KpiLine, events: ReadonlyMap<string, string>): EventNote[] {
  const own = kpi.history.flatMap(({ week }) => {
    const title = events.get(week);
    return title === undefined ? [] : [{ week: week.slice(5), title }];
  });
  if (own.every(({ title }) => [...title].length <= EVENT_CHARS)) return [];
  return own.map((one, at) => ({ n: at + 1, ...one }));
}

export function trendRows(kpi: KpiLine, events: ReadonlyMap<string, string> = new Map()): ChartRow[] {
  let marked = 0;
  const numbers = new Map(eventNotes(kpi, events).map(({ week, n }) => [week, n]));
  const last = kpi.history.length - 1;
  const scale = kpi.unit === "ratio" ? 100 : 1;
  const times = (value: number | null | undefined) =>
    value === null || value === undefined ? null : value * scale;
  return kpi.history.map(({ week, value, complete, numerator, denominator }, at) => ({
    week,
    short: week.slice(5),
    // The axis goes by it: layers of some weeks alone (events, the band) must not say which week is first.
    at,
    ...eventOf(events.get(week), numbers.get(week.slice(5)), () => marked++ % 3),
    value: times(value),
    lo: times(kpi.baseline?.lo),
    hi: times(kpi.baseline?.hi),
    complete,
    tail: !complete || (at === last - 1 && kpi.history[last]?.complete === false),
    last: at === last && value !== null,
    color: at === last ? "var(--ink)" : "var(--accent)",
    text: shownValue(value, kpi.unit),
    tip: `${week} ${shownValue(value, kpi.unit)}${denominator === null ? "" : ` (${numerator}/${denominator})`}${events.has(week) ? ` · ${events.get(week)}` : ""}`,
  }));
}

/** Names of neighbouring weeks stand on three levels, so that they don't run into each other; numbers have room on one. */
function eventOf(title: string | undefined, number: number | undefined, level: () => number): ChartRow {
  if (title === undefined) return { event: null, level: null };
  return number === undefined ? { event: title, level: level() } : { event: String(number), level: 2 };
}
