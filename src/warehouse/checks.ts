import { QueryError } from "../kit/errors.ts";
import { type Database, literal, name } from "./database.ts";
import type { Model } from "./model.ts";

/**
 * What a model promises: its grain (unique, not null), its checks (fail the build) and warnings, and for a mart
 * that every column is described and every described column is there. A check that is NULL does not hold.
 */
export async function checkModel(database: Database, model: Model) {
  if (model.layer === "kpis" || model.layer === "queries") return [];
  const table = `${model.layer}.${model.id}`;
  const { grain, grainCheckedBy, checks, warnings, columns } = (model as Model<"marts">).header;
  const fail = (message: string) => new QueryError(`sql/${model.path}`, model.sql, new Error(message));
  if (model.layer === "marts") await describe(database, table, columns, fail);
  if (grain && !grainCheckedBy && model.layer !== "staging") {
    const key = grain.map(name).join(", ");
    const { n } = await database.one(`select count(*) - count(distinct hash(${key})) as n from ${table}`);
    if (Number(n) > 0) throw fail(`grain (${grain.join(", ")}) is not unique: ${n} rows too many`);
  }
  for (const check of checks) {
    const n = await failing(database, table, check);
    if (n > 0) throw fail(`check failed in ${n} rows: ${check}`);
  }
  const found = [];
  for (const check of warnings) {
    const rows = await failing(database, table, check);
    if (rows > 0) found.push({ model: table, check, rows });
  }
  return found;
}

async function failing(database: Database, table: string, check: string): Promise<number> {
  const { n } = await database.one(
    `select count(*) as n from ${table} where not coalesce((${check}), false)`,
  );
  return Number(n);
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
  for (const [column, text] of Object.entries(columns)) {
    await database.run(`comment on column generation.${table}.${name(column)} is ${literal(text)}`);
  }
}
