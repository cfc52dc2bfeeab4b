import { QueryError } from "../kit/errors.ts";
import { type Database, literal, name } from "./database.ts";
import type { Model } from "./model.ts";

/**
 * What a model promises: its grain (unique, not null), its checks (fail the build) and warnings, and for a mart
 * that every column is described and every described column is there. A check that is NULL does not hold.
 */
export async function checkModel(database: Database, model: Model) {
  if (model.layer === "kpis" || model.layer === "queries" || model.layer === "rules") return [];
  const table = `${model.layer}.${model.id}`;
  // A dimension has a grain and no checks of its own: one value per key, or its parts would not add up.
  const { grain, grainCheckedBy, checks = [], warnings = [], columns } = (model as Model<"marts">).header;
  const fail = (message: string) => new QueryError(`sql/${model.path}`, model.sql, new Error(message));
  if (model.layer === "marts") await describe(database, table, columns, fail);
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

async function describe(
  database: Database,
  table: string,
  columns: Readonly<Record<string, string>>,
  fail: (message: string) => Error,
) {
  const real = (await database.all(`describe ${table}`)).map((row) => String(row["column_name"]));
  const undescribed = real.filter((column) => !(column in columns));
  const gone = Object.keys(columns).filter((column) => !real.includes(column));
  if (undescribed.length > 0) throw fail(`columns without a description: ${undescribed.join(", ")}`);
  if (gone.length > 0) throw fail(`described columns that are not there: ${gone.join(", ")}`);
  await database.run(
    Object.entries(columns)
      .map(([column, text]) => `comment on column generation.${table}.${name(column)} is ${literal(text)}`)
      .join(";"),
  );
}
