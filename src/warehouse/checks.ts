import { QueryError } from "../kit/errors.ts";
import { type Database, literal, name } from "./database.ts";
import type { Model } from "./model.ts";

/**
 * What a model promises: its grain (unique, not null), its checks (fail the build) and warnings. A check that is
 * NULL does not hold.
 */
export async function checkModel(database: Database, model: Model) {
  if (model.layer === "kpis" || model.layer === "queries" || model.layer === "rules") return [];
  const table = `${model.layer}.${model.id}`;
  // A dimension has a grain and no checks of its own: one value per key, or its parts would not add up.
  const { grain, grainCheckedBy, checks = [], warnings = [] } = (model as Model<"marts">).header;
  const fail = (message: string) => new QueryError(`sql/${model.path}`, model.sql, new Error(message));
  const key = grain && !grainCheckedBy && model.layer !== "staging" ? grain.map(name).join(", ") : null;
  // One pass for everything that is promised of the model.
  const counts = [
    key === null ? "0" : `count(*) - count(distinct hash(${key}))`,
    ...[...checks, ...warnings].map((check) => `count(*) filter (not coalesce((${check}), false))`),
  ];
  if (counts.every((count) => count === "0")) return [];
  const found = await database.one(
    `select ${counts.map((count, at) => `${count} as n${at}`).join(", ")} from ${table}`,
  );
  const failing = (at: number) => Number(found[`n${at}`]);
  if (failing(0) > 0) throw fail(`grain (${grain?.join(", ")}) is not unique: ${failing(0)} rows too many`);
  checks.forEach((check, at) => {
    if (failing(at + 1) > 0) throw fail(`check failed in ${failing(at + 1)} rows: ${check}`);
  });
  return warnings.flatMap((check, at) => {
    const rows = failing(checks.length + at + 1);
    return rows > 0 ? [{ model: table, check, rows }] : [];
  });
}

/**
 * Every column of a mart is described and every described column is there; the descriptions go into the generation
 * as comments. For all marts at once: one query, one statement.
 * @throws QueryError for the first mart that is not so.
 */
export async function describeMarts(database: Database, marts: readonly Model<"marts">[]): Promise<void> {
  const found = await database.all(
    "select table_name, list(column_name) as columns from duckdb_columns() where schema_name = 'marts' group by table_name",
  );
  const real = new Map(found.map((row) => [String(row["table_name"]), row["columns"] as string[]]));
  const comments = marts.flatMap((model) => {
    const { columns } = model.header;
    const fail = (message: string) => new QueryError(`sql/${model.path}`, model.sql, new Error(message));
    const there = real.get(model.id) ?? [];
    const undescribed = there.filter((column) => !(column in columns));
    const gone = Object.keys(columns).filter((column) => !there.includes(column));
    if (undescribed.length > 0) throw fail(`columns without a description: ${undescribed.join(", ")}`);
    if (gone.length > 0) throw fail(`described columns that are not there: ${gone.join(", ")}`);
    return Object.entries(columns).map(
      ([column, text]) =>
        `comment on column generation.marts.${name(model.id)}.${name(column)} is ${literal(text)}`,
    );
  });
  if (comments.length > 0) await database.run(comments.join(";"));
}
