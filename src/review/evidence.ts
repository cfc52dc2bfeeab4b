import type { Text } from "../kit/say.ts";
import type { Suggestion } from "../rules/suggestion.ts";
import type { Catalog } from "../warehouse/catalog.ts";
import type { Database } from "../warehouse/database.ts";
import { runQuery } from "./query.ts";
import { addDays } from "./weeks.ts";

const WEEKS = 8;

/** What a suggestion rests on, row by row. Weeks are first days. */
export interface Evidence {
  /** The measure that should move, in the weeks up to the suggestion's, oldest first. */
  measure: Text | null;
  unit: "ratio" | "count" | "money" | "number";
  weeks: { week: string; numerator: number | null; denominator: number | null; value: number | null }[];
  /** The single messages, members, cases or steps of the week; empty where the rule counts none. */
  cases: EvidenceCase[];
}

export interface EvidenceCase {
  /** UTC; null where nobody knows. */
  at: string | null;
  /** Full name; mask it wherever it is shown. */
  name: string;
  what: Text;
  detail: Text | null;
}

/** The rows behind a suggestion, from the generation that is published now. */
export async function evidenceOf(
  database: Database,
  catalog: Catalog,
  { rule, groupId, week, expect }: Suggestion,
): Promise<Evidence> {
  const header = catalog.rules.find(({ id }) => id === rule)?.header;
  const rows = header?.rows
    ? await runQuery(database, catalog, header.rows.query, { ...header.rows.params, group_id: groupId, week })
    : [];
  const [first] = expect;
  const kpi = first?.measure === "kpi" ? catalog.kpis.find(({ id }) => id === first.id) : undefined;
  const weeks = first ? await weeksOf(database, first, groupId, week) : [];
  return {
    measure: kpi?.header.title ?? first?.name ?? null,
    // What a rule counts is whole; only a share or a mean of it is not.
    unit: kpi?.header.unit ?? (weeks.every(({ value }) => Number.isInteger(value ?? 0)) ? "count" : "number"),
    weeks,
    cases: rows.map((row) => ({
      at: row["happened_at"] === null ? null : String(row["happened_at"]),
      name: String(row["name"] ?? ""),
      what: { zh: String(row["what_zh"]), en: String(row["what_en"]) },
      detail:
        row["detail_zh"] === null ? null : { zh: String(row["detail_zh"]), en: String(row["detail_en"]) },
    })),
  };
}

async function weeksOf(
  database: Database,
  { measure, id }: Suggestion["expect"][number],
  group: string,
  week: string,
): Promise<Evidence["weeks"]> {
  const span = { group, from: addDays(week, -7 * (WEEKS - 1)), to: week };
  const range = "group_id = $group and week between $from::date and $to::date";
  const rows =
    measure === "kpi"
      ? await database.all(
          `select week, numerator, denominator, value from report.kpi_weekly where kpi = $id and segment = '*' and ${range} order by week`,
          { ...span, id },
        )
      : await database.all(
          `select week, null as numerator, null as denominator, try_cast(${quoted(id)} as double) as value from marts.rule_inputs where ${range} order by week`,
          span,
        );
  const number = (value: unknown) => (value === null || value === undefined ? null : Number(value));
  return rows.map((row) => ({
    week: String(row["week"]),
    numerator: number(row["numerator"]),
    denominator: number(row["denominator"]),
    value: number(row["value"]),
  }));
}

/** A column that a rule file names. */
function quoted(column: string): string {
  return `"${column.replaceAll('"', '""')}"`;
}
