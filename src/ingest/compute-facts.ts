import { type Database, literal, name } from "../warehouse/database.ts";
import { ADDED, FACTS, type Fact, IDENTITY } from "./facts.ts";
import { fixedColumns } from "./fixed-columns.ts";
import { forgottenKeys, ofForgotten, withoutForgotten } from "./forgotten.ts";
import type { FactSelect, KindSpec } from "./kinds/kind.ts";
import { pastRetention } from "./retention.ts";
import type { PartsWanted } from "./session.ts";

/**
 * The ids of the file, each with its key: hashing each distinct id once costs a fraction of hashing each row.
 * @param same SQL of the columns of `checked` that are the same in every row.
 * @param exports SQL of `record` and `part`, where a table is several exports.
 */
export async function makeKeys(
  database: Database,
  { keys, views = {}, tables = {} }: KindSpec,
  same: ReadonlyMap<string, string>,
  exports?: string,
): Promise<void> {
  for (const [view, select] of Object.entries(views)) {
    await database.run(
      `create view ${name(view)} as ${typeof select === "string" ? select : select(exports)}`,
    );
  }
  for (const [table, select] of Object.entries(tables)) {
    await database.run(
      `create table ${name(table)} as ${typeof select === "string" ? select : select(same)}`,
    );
  }
  if (!keys) return;
  await database.run(
    `create table keys as
     select id, person_key(${keys.of}) as key
     from (select distinct id, id_prefix from ${name(keys.from)}) where id is not null`,
  );
}

/**
 * Computes a fact's rows: `all_<fact>` as the file says them, `seen_<fact>` with what makes two of them equal,
 * `dup_<fact>` those that the file or the lake has already, `new_<fact>` the others, ready to be written.
 * @param partsOf absolute paths of the lake's parts that may hold equal rows.
 * @param before facts of the same file that were computed already.
 * @param same SQL of the columns of `checked` that are the same in every row.
 * @param exports SQL of `record` and `part`, where the file is several exports: one holds a row as often as it was said.
 */
export async function computeFact(
  database: Database,
  spec: FactSelect,
  sourceFormat: string,
  partsOf: (wanted: PartsWanted) => string[],
  before: readonly Fact[] = [],
  same: ReadonlyMap<string, string> = new Map(),
  exports?: string,
): Promise<void> {
  const { fact } = spec;
  const identity = IDENTITY[fact] ?? { repeats: "false" };
  const own = columnsOf(fact);
  const forgotten = await forgottenKeys(database);
  const fixed = spec.keepsNames
    ? await fixedColumns(database, spec.select, (column) => own.includes(column), same)
    : new Map<string, string>();
  const typed = own.map((column) => {
    const cell = typedCell(fact, column, fixed);
    return `${forgotten.length > 0 ? withoutForgotten(fact, column, cell, forgotten) : cell} as ${name(column)}`;
  });
  const stored = identity.base === undefined;
  const base = identity.base ?? rowHash(fact, forgotten.length > 0 ? new Map() : fixed);
  // A large fact with one row per record is read again rather than copied.
  const copied = spec.moments === undefined;
  const row = copied ? "rowid" : "record";
  const all = `select record, month_at, ${typed.join(", ")} from (${spec.select})`;
  await database.run(
    `create ${copied ? "table" : "view"} all_${fact} as select *, ${base} as base from (${all})`,
  );
  if (spec.moments) await keepMoments(database, fact, spec.moments.select);
  await database.run(
    `create view seen_${fact} as select ${row} as row, record, month_at as happened_at from ${spec.moments ? "moments" : "all"}_${fact}`,
  );
  const groups = own.includes("group_id")
    ? await groupsIn(database, stored ? `all_${fact}` : "checked")
    : undefined;
  const existing = stored
    ? partsOf({ groups })
    : await ofSameGroups(
        database,
        await partsAround(database, fact, (months) => partsOf({ ...months, groups })),
      );
  await database.run(
    copied
      ? `create view base_${fact} as select rowid as row, record, base from all_${fact}`
      : `create table base_${fact} as select record as row, record, base from all_${fact} ${await candidates(database, spec, existing)}`,
  );
  await database.run(
    `create table several_${fact} as select base from base_${fact} group by base having count(*) > 1`,
  );
  const repeats =
    identity.repeats === "false" || !(await any(database, `several_${fact}`))
      ? `(select *, false as repeats from base_${fact})`
      : `(select based.*, ${identity.repeats} as repeats from base_${fact} as based join all_${fact} as whole on whole.${row} = based.row)`;
  await database.run(
    `create table twins_${fact} as
     select row, record, nth, nth > 1 and not repeats or copy > 1 as is_double, if(nth > 1 and repeats, ${keyOfRepeat(stored)}, base) as row_key
     from (
       select *, ${exports ? "row_number() over (partition by base, nth order by record, row)" : "1"} as copy
       from (
         select row, record, base, repeats, row_number() over (partition by base ${exports ? ", part" : ""} order by record, row) as nth
         from ${repeats} semi join several_${fact} using (base) ${exports ? `left join ${exports} using (record)` : ""}
       )
     )`,
  );
  const twins = await any(database, `twins_${fact}`);
  const keyed = twins
    ? `select row, record, coalesce(row_key, base) as row_key from base_${fact} left join (select row, row_key from twins_${fact}) as twins using (row)`
    : `select row, record, base as row_key from base_${fact}`;
  await database.run(
    `create table dup_${fact} as
     select row, record from twins_${fact} where is_double
     ${forgotten.length > 0 ? ofForgotten(fact, row) : ""}
     ${await pastRetention(database, fact, row, before)}
     ${existing.length > 0 ? `union select row, record from (${keyed}) semi join (${listed(fact, existing)}) as listed using (row_key)` : ""}`,
  );
  const key = stored ? `${twins ? "coalesce(twin.row_key, whole.base)" : "whole.base"} as row_key, ` : "";
  const columns = Object.keys(FACTS[fact])
    .filter((column) => !["row_key", "source_format"].includes(column))
    .map((column) =>
      column === "nth" ? `${twins ? "coalesce(twin.nth, 1)" : "1"} as nth` : `whole.${name(column)}`,
    );
  await database.run(
    `create view new_${fact} as
     select whole.record, whole.month_at, ${key}${columns.join(", ")}, ${literal(sourceFormat)} as source_format
     from all_${fact} as whole
     ${twins ? `left join twins_${fact} as twin on twin.row = whole.${row}` : ""}
     ${(await any(database, `dup_${fact}`)) ? `anti join dup_${fact} as dup on dup.row = whole.${row}` : ""}`,
  );
}

/**
 * Which rows must be compared. Without ids and with nothing in the lake yet, only those that are alike at first sight
 * can be equal: that spares the join and the hash of nearly every message. In a file in order of time, those are among the
 * ones that share their time with a neighbour.
 */
async function candidates(database: Database, { fact, moments }: FactSelect, existing: readonly string[]) {
  if (existing.length > 0 || !moments) return "";
  const ids = await database.all(`select 1 from checked where ${moments.id ?? "null"} is not null limit 1`);
  if (ids.length > 0) return "";
  const marked = `select record, ${moments.alike} as alike from checked`;
  const { whole, tied, back } = await database.one(
    `select count(*) as whole, count(*) filter (moment in (before, after)) as tied, count(*) filter (moment < before) as back from (${neighbours(fact)})`,
  );
  if (Number(back) === 0 && Number(tied) === 0) return "where false";
  const few = Number(back) === 0 && Number(tied) * 2 < Number(whole);
  await database.run(
    `create table alike_${fact} as
     with marked as materialized (${marked} ${few ? `semi join (select record from (${neighbours(fact)}) where moment in (before, after)) as tied using (record)` : ""})
     select record from marked semi join (select alike from marked group by all having count(*) > 1) using (alike)`,
  );
  return (await any(database, `alike_${fact}`))
    ? `where record in (select record from alike_${fact})`
    : "where false";
}

/** A table in the order of the file, which what was refused, or read apart, has disturbed. */
async function keepMoments(database: Database, fact: Fact, select: string): Promise<void> {
  await database.run(`create table moments_${fact} as ${select}`);
  const torn = `select 1 from (select record, lag(record) over () as before from moments_${fact}) where record < before limit 1`;
  if ((await database.all(torn)).length > 0)
    await database.run(`create or replace table moments_${fact} as from moments_${fact} order by record`);
}

/** Each time with those of the rows around it in the file. */
const neighbours = (fact: Fact) =>
  `select record, month_at as moment, lag(month_at) over () as before, lead(month_at) over () as after from moments_${fact}`;

/** Columns that a kind's select gives; the engine adds the others. */
function columnsOf(fact: Fact): string[] {
  return Object.keys(FACTS[fact]).filter((column) => !["row_key", "nth", "source_format"].includes(column));
}

/** SQL of a column as the lake types it. */
function typedCell(fact: Fact, column: string, fixed: ReadonlyMap<string, string>): string {
  return `${fixed.get(column) ?? name(column)}::${FACTS[fact][column as keyof (typeof FACTS)[Fact]]}`;
}

/**
 * SQL: `row_key` of a fact that stores one. When a plan was seen is no part of the plan. A contact is another row at
 * another time: were the first import's time kept, the names would depend on the order of importing.
 * @param fixed SQL of columns that are the same in every row. Those that stand side by side are put together once.
 */
export function rowHash(fact: Fact, fixed: ReadonlyMap<string, string> = new Map()): string {
  const runs: { isFixed: boolean; cells: string[] }[] = [];
  for (const column of columnsOf(fact)) {
    if (column === "seen_at" && fact !== "contacts") continue;
    const isFixed = fixed.has(column);
    const value = `${isFixed ? `(${typedCell(fact, column, fixed)})` : name(column)}::varchar`;
    // Left out where it is null: the row has the key that it had before the column was.
    const cell = ADDED[fact]?.includes(column) ? `'${column} ' || ${value}` : `coalesce(${value}, '')`;
    const last = runs.at(-1);
    if (last?.isFixed === isFixed) last.cells.push(cell);
    else runs.push({ isFixed, cells: [cell] });
  }
  const parts = runs.map(({ isFixed, cells }) => (isFixed ? joined(cells) : cells.join(", ")));
  return `md5_number_lower(${joined(parts)})`;
}

const joined = (cells: readonly string[]) => `concat_ws(chr(31), ${cells.join(", ")})`;

function keyOfRepeat(stored: boolean): string {
  return stored ? "md5_number_lower(base::varchar || '#' || nth::varchar)" : "hash(base, nth)";
}

/** The groups of a table's rows; undefined where some are of none: equal ones may lie in any part then. */
async function groupsIn(database: Database, table: string): Promise<ReadonlySet<string> | undefined> {
  const { groups } = await database.one(
    `select if(count(*) = count(group_id), list(distinct group_id), null) as groups from ${table}`,
  );
  return groups === null ? undefined : new Set(groups as string[]);
}

/** Parts with nothing of the file's groups hold none of its rows: the group is part of what makes two equal. */
async function ofSameGroups(database: Database, existing: string[]): Promise<string[]> {
  if (existing.length === 0) return [];
  await database.run("create table own_groups as select distinct group_id from checked");
  const same = await database.all(`select 1 from ${filesOf(existing)} ${IN_OWN_GROUPS} limit 1`);
  return same.length > 0 ? existing : [];
}

const IN_OWN_GROUPS =
  "as listed semi join own_groups as own on own.group_id is not distinct from listed.group_id";

const filesOf = (parts: readonly string[]) =>
  `read_parquet([${parts.map(literal).join(", ")}], hive_partitioning = false)`;

function listed(fact: Fact, existing: readonly string[]): string {
  const base = IDENTITY[fact]?.base;
  if (base === undefined) return `select row_key from ${filesOf(existing)}`;
  return `select if(nth > 1, ${keyOfRepeat(false)}, base) as row_key from (select nth, ${base} as base from ${filesOf(existing)} ${IN_OWN_GROUPS})`;
}

/** The same moment can lie in the next month after a change of the workspace's zone, so a day more is looked at. */
async function partsAround(
  database: Database,
  fact: Fact,
  partsOf: (months: { from: string; to: string }) => string[],
): Promise<string[]> {
  const { first, last } = await database.one(
    `select strftime(min(happened_at) - interval 1 day, '%Y-%m') as first, strftime(max(happened_at) + interval 1 day, '%Y-%m') as last from seen_${fact}`,
  );
  return first === null ? [] : partsOf({ from: String(first), to: String(last) });
}

async function any(database: Database, table: string): Promise<boolean> {
  return (await database.all(`select 1 from ${table} limit 1`)).length > 0;
}
