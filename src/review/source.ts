import type { Action, Suggestion } from "../rules/suggestion.ts";
import type { Catalog } from "../warehouse/catalog.ts";
import type { Database } from "../warehouse/database.ts";
import type { Limits } from "../warehouse/lanes.ts";
import type { Pointer } from "../warehouse/publish.ts";
import type { Row } from "../warehouse/rows.ts";
import { type Evidence, evidenceOf } from "./evidence.ts";
import { type Explained, type ExplainOptions, explainKpi } from "./explain/of-week.ts";
import { type MissingColumns, missingColumns, queryColumns, runQuery } from "./query.ts";
import { GenerationReader } from "./reader.ts";
import { type ReviewOptions, review } from "./review.ts";
import { dimensionsOf, type SeriesQuestion, series } from "./series.ts";
import { findSuggestion, type SuggestionLine, suggestionsOf } from "./suggestions.ts";
import type { Review } from "./types.ts";
import { addDays, chooseWeek, listWeeks } from "./weeks.ts";

export interface KpiFilter {
  kpi?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  group?: string | undefined;
}

/** One generation as the server may see it: no SQL comes from outside, only names and typed values. */
export interface Generation {
  id: string;
  review(options: ReviewOptions): Promise<Review>;
  /** The first and the last day of the week and the group that a review of these options is of. */
  scope(options: ReviewOptions): Promise<Pick<Review, "from" | "to" | "group">>;
  explain(kpi: string, options: ExplainOptions): Promise<Explained>;
  query(name: string, params: Record<string, string | number | null>): Promise<Row[]>;
  /** Names of its columns, in their order. */
  columns(name: string): Promise<string[]>;
  /** Whether a query answers for the group it is given. */
  takesGroup(name: string): boolean;
  /** Whether the rows of a query carry names of people. */
  namesPeople(name: string): boolean;
  /** Its columns that count people; undefined where the query does not say. */
  peopleColumns(name: string): readonly string[] | undefined;
  /** Which of its rows add up to a total that is told elsewhere. */
  sums(name: string): Record<"of" | "by" | "with", readonly string[]> | undefined;
  /** Its columns that are null because their source was never imported, and what to do. */
  missing(name: string, params: Record<string, string | number | null>): Promise<MissingColumns[]>;
  kpis(filter: KpiFilter): Promise<Row[]>;
  /** One KPI over weeks by the parts of a dimension; `dimensions` are those there are. */
  series(question: SeriesQuestion): Promise<Row[]>;
  dimensions(): ReturnType<typeof dimensionsOf>;
  imports(): Promise<Row[]>;
  /** Suggestions of a week with the decisions given, and one by its id. */
  suggestions(scope: ReviewOptions, actions: readonly Action[]): Promise<SuggestionLine[]>;
  suggestion(id: string): Promise<Suggestion | null>;
  /** The rows behind a suggestion. */
  evidence(suggestion: Suggestion): Promise<Evidence>;
  /** IANA zone of its days and weeks. */
  timezone(): Promise<string>;
  /** First day of the newest complete week. */
  lastWeek(): Promise<string | null>;
  /** With their members at the end of that week; none before it has data. */
  groups(): Promise<{ id: string; name: string; members: number }[]>;
}

export interface ReviewSource {
  /** Null when nothing was built yet. */
  currentId(): string | null;
  /** Runs against exactly one generation; null when there is none. */
  read<T>(use: (generation: Generation) => Promise<T>): Promise<T | null>;
}

/** @param limits of each question; a server has some, a command of the own machine none. */
export function createSource(
  marts: string,
  catalog: Catalog,
  limits?: Limits,
): { source: ReviewSource; close: () => void } {
  const reader = new GenerationReader(marts, limits, catalog.models);
  return {
    close: () => reader.close(),
    source: {
      currentId: () => reader.currentId(),
      read: (use) => reader.read((database, pointer) => use(generationOf(database, pointer, catalog))),
    },
  };
}

function generationOf(database: Database, pointer: Pointer, catalog: Catalog): Generation {
  return {
    id: pointer.generation,
    review: (options) => review(database, pointer, catalog, options),
    scope: async ({ week, group = "*" }) => {
      const { week: from } = chooseWeek(await listWeeks(database), week);
      return { from, to: addDays(from, 6), group };
    },
    explain: (kpi, options) => explainKpi(database, catalog, kpi, options),
    query: (name, params) => runQuery(database, catalog, name, params),
    columns: (name) => queryColumns(database, catalog, name),
    missing: (name, params) => missingColumns(database, catalog, name, params),
    takesGroup: (name) =>
      catalog.queries.some(({ id, header }) => id === name && "group_id" in header.params),
    peopleColumns: (name) => catalog.queries.find(({ id }) => id === name)?.header.people,
    sums: (name) => catalog.queries.find(({ id }) => id === name)?.header.sums,
    namesPeople: (name) => catalog.queries.some(({ id, sql }) => id === name && /\bdisplay_name\b/.test(sql)),
    kpis: ({ kpi, from, to, group }) =>
      database.all(
        `select kpi, group_id, week, segment, numerator, denominator, value, missing.source as missing
         from report.kpi_weekly left join report.missing_kpis as missing using (kpi, group_id)
         where ($kpi::varchar is null or kpi = $kpi) and ($from::date is null or week >= $from::date) and ($to::date is null or week <= $to::date)
           and ($group::varchar is null or group_id = $group) order by kpi, group_id, week, segment`,
        { kpi: kpi ?? null, from: from ?? null, to: to ?? null, group: group ?? null },
      ),
    series: (question) => series(database, catalog, question),
    dimensions: () => dimensionsOf(catalog),
    suggestions: async ({ week, group = "*" }, actions) =>
      suggestionsOf(database, chooseWeek(await listWeeks(database), week).week, group, actions),
    suggestion: (id) => findSuggestion(database, id),
    evidence: (suggestion) => evidenceOf(database, catalog, suggestion),
    timezone: async () => String((await database.one("select timezone from report.about"))["timezone"]),
    lastWeek: async () => (await listWeeks(database)).find(({ complete }) => complete)?.week ?? null,
    groups: async () =>
      (
        await database.all(
          `select group_id, name, coalesce(members_end, 0) as members
           from marts.groups left join (
             from marts.group_weeks where week = (
               select coalesce(max(week) filter (is_complete), max(week)) from report.weeks)
           ) using (group_id) order by name, group_id`,
        )
      ).map((row) => ({
        id: String(row["group_id"]),
        name: String(row["name"]),
        members: Number(row["members"]),
      })),
    imports: () => database.all("select * from report.imports order by import_id desc"),
  };
}
