import type { Lang, Text } from "../kit/say.ts";
import type { Explanation } from "../review/explain/types.ts";
import type { SuggestionLine } from "../review/suggestions.ts";
import type { FrozenDays, Restated, Review } from "../review/types.ts";
import type { Action } from "../rules/suggestion.ts";
import type { Extras } from "./extras.ts";

/** What the weekly page of a dashboard shows, in which order: dashboards/<name>/page.yaml. */
export interface PageLayout {
  headline: readonly string[];
  more: readonly string[];
  tabs: readonly string[];
  /** What is divided by what, by KPI. */
  parts: Readonly<Record<string, Text>>;
  /** A word for a KPI that stands beside many others. */
  short: Readonly<Record<string, Text>>;
}

export interface Decisions {
  suggestions: readonly SuggestionLine[];
  due: readonly Action[];
  all: readonly Action[];
}

/** Bases of a comparison beside last week: `against` of a KPI line. */
export const VERSUS = ["week", "mean", "ordinary", "year", "festival", "target", "camp"] as const;
export type Versus = (typeof VERSUS)[number];

/** Everything a page function may look at. */
export interface PageContext {
  lang: Lang;
  review: Review;
  layout: PageLayout;
  /** KPI whose movement is shown. */
  kpi: string;
  /** Draws a chart of the dashboard; a width class decides its pixels. */
  theme: "light" | "dark" | null;
  delta: "cn" | "intl" | null;
  /** URL of this page with some query parameters replaced; null removes one. */
  link: (change: Readonly<Record<string, string | null>>) => string;
  assets: { css: string; script: string | null };
  /** Suggestions of the week with what was decided on them, the actions that this week follows up, and all of them. */
  decisions: Decisions;
  /** How many rows of the wake-up list stand on the page. */
  listed: number;
  /** A page of the server, an offline page that leads to none, or paper: nothing to fold or to press. */
  isOffline: boolean;
  isPaper: boolean;
  /** URL of the page itself, to come back to after a form, and its path alone. */
  here: string;
  path: string;
  /** What the cards compare with. */
  versus: Versus;
  /** Title of the page where it is not the week's own. */
  heading?: string;
  extras: Extras;
  /** What a value of a dimension is called; one that has no name stands as it is. */
  valueName: (dimension: string, value: string) => string;
  /** Figures that moved since the week's report was frozen, and when that was; null where none was kept. */
  restated: readonly Restated[];
  frozenAt: string | null;
  /** What the week was then, where `weekStart` or the zone was changed since. */
  frozenDays: FrozenDays | null;
  /** What was kept of it, as the ends of the files' names. */
  frozenForms: readonly string[];
  /** Why that KPI moved. */
  explanation: Explanation | null;
}

/** The page of one group. @param id as the groups of a review have it. */
export const groupPath = (id: string): string => `/groups/${encodeURIComponent(id)}`;

/** "2026-W47" → 47. */
export function weekNumber(label: string): number {
  return Number(label.slice(-2));
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** "2026-11-16" → "11.16", in English "16 Nov": there 11.12 could be either. */
export function shortDay(lang: Lang, day: string): string {
  const [month = "", date = ""] = day.slice(5, 10).split("-");
  return lang === "zh" ? `${month}.${date}` : `${Number(date)} ${MONTHS[Number(month) - 1] ?? ""}`;
}

/** A UTC instant in the workspace's zone: "11.23 09:05", in English "23 Nov 09:05". */
export function localTime(lang: Lang, instant: string, timezone: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: timezone,
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(new Date(instant));
  const get = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return `${shortDay(lang, `0000-${get("month")}-${get("day")}`)} ${get("hour")}:${get("minute")}`;
}
