import { createHash } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Part } from "../state/ledger.ts";
import { type Database, literal, name } from "../warehouse/database.ts";
import { FACTS, type Fact, REJECT_COLUMNS } from "./facts.ts";
import type { FactSelect, KindSpec } from "./kinds/kind.ts";

const NO_MONTH = "0000-00";

/** The ids of the file, each with its key: hashing each distinct id once costs a fraction of hashing each row. */
export async function makeKeys(database: Database, kind: KindSpec): Promise<void> {
  const scalar = kind.ids.map((id) => `select distinct ${id} as id from checked`);
  await database.run(
    `create temp table keys as select id, person_key(id) as key from (${scalar.length > 0 ? scalar.join(" union ") : "select null::varchar as id"}) where id is not null`,
  );
}

/**
 * Computes a fact's new rows into `new_<fact>`: keyed, numbered where equal rows stand in one file, without those
 * that the lake has already. Returns the record numbers that turned out to be duplicates in `dup_<fact>`.
 */
export async function computeFact(
  database: Database,
  spec: FactSelect,
  sourceFormat: string,
  existing: readonly string[],
): Promise<void> {
  const { fact } = spec;
  const key = fact === "messages" ? "message_key" : "row_key";
  const own = Object.keys(FACTS[fact]).filter((column) => column !== key && column !== "source_format");
  const base =
    fact === "messages"
      ? "if(message_id is not null, md5_number_lower(concat_ws(chr(31), 'id', group_id, message_id)), md5_number_lower(concat_ws(chr(31), group_id, person_key, epoch_us(month_at), kind, normal_text(text))))"
      : `md5_number_lower(concat_ws(chr(31), ${own
          .filter((column) => column !== "seen_at")
          .map((column) => `coalesce(${name(column)}::varchar, '')`)
          .join(", ")}))`;
  await database.run(
    `create temp table rows_${fact} as select record, coalesce(strftime(month_at, '%Y-%m'), '${NO_MONTH}') as month, month_at, ${base} as base,
       ${own.map((column) => `${name(column)}::${FACTS[fact][column as keyof (typeof FACTS)[Fact]]} as ${name(column)}`).join(", ")}
     from (${spec.select})`,
  );
  // Equal rows of one file are numbered in file order and stay, unless the platform's own id says they are one.
  const repeats =
    fact === "messages" ? "message_id is null" : fact === "member_events" ? "target_id is null" : "false";
  await database.run(
    `create temp table numbered_${fact} as
     select record, base, nth, repeats, if(nth > 1 and repeats, md5_number_lower(base::varchar || '#' || nth::varchar), base) as row_key
     from (
       select rowid as row_id, record, base, ${repeats} as repeats, row_number() over (partition by base order by record) as nth
       from rows_${fact} where base in (select base from rows_${fact} group by base having count(*) > 1)
     )`,
  );
  const listed =
    existing.length > 0
      ? `select ${key} as row_key from read_parquet([${existing.map(literal).join(", ")}])`
      : "select null::ubigint as row_key where false";
  await database.run(
    `create temp table dup_${fact} as
     select record, base from numbered_${fact} where nth > 1 and not repeats
     union
     select record, base from (
       select rows_${fact}.record, rows_${fact}.base, coalesce(numbered_${fact}.row_key, rows_${fact}.base) as row_key
       from rows_${fact} left join numbered_${fact} using (record, base)
     ) semi join (${listed}) as listed using (row_key)`,
  );
  await database.run(
    `create temp view new_${fact} as
     select rows_${fact}.month, rows_${fact}.record, coalesce(numbered_${fact}.row_key, rows_${fact}.base) as ${key},
       ${own.map((column) => `rows_${fact}.${name(column)}`).join(", ")}, ${literal(sourceFormat)} as source_format
     from rows_${fact} left join numbered_${fact} using (record, base) anti join dup_${fact} using (record, base)`,
  );
}

/** Writes the new rows of a fact, a part per month: temporary name, fsync, rename, read-only. */
export async function writeParts(database: Database, fact: Fact, lake: string): Promise<Part[]> {
  const months = await database.all(
    `select month, count(*) as rows from new_${fact} group by month order by month`,
  );
  const parts: Part[] = [];
  for (const { month, rows } of months) {
    const columns = Object.keys(FACTS[fact]).map(name).join(", ");
    const select = `select ${columns} from new_${fact} where month = ${literal(String(month))} order by ${ORDER[fact] ?? "record"}`;
    parts.push(await writePart(database, select, lake, fact, String(month), Number(rows)));
  }
  return parts;
}

/** Rejected rows with their text, beside the facts: they hold personal data like these. */
export async function writeRejects(database: Database, lake: string, sha256: string): Promise<Part[]> {
  const { rows } = await database.one("select count(*) as rows from issues where is_reject");
  if (Number(rows) === 0) return [];
  const select = `select ${literal(sha256)} as sha256, line, column_name, code, sample from issues where is_reject order by line`;
  const typed = Object.entries(REJECT_COLUMNS).map(([column, type]) => `${column}::${type} as ${column}`);
  return [
    await writePart(
      database,
      `select ${typed.join(", ")} from (${select})`,
      lake,
      "rejects",
      NO_MONTH,
      Number(rows),
    ),
  ];
}

// Group, then time: a group's week lies together, which halves what a query reads.
const ORDER: Partial<Record<Fact, string>> = {
  messages: "group_id, sent_at, record",
  member_events: "group_id, event_at, record",
};

async function writePart(
  database: Database,
  select: string,
  lake: string,
  fact: string,
  month: string,
  rows: number,
): Promise<Part> {
  const folder = join(fact, `month=${month}`);
  mkdirSync(join(lake, folder), { recursive: true, mode: 0o700 });
  const draft = join(lake, folder, `part.tmp-${process.pid}`);
  await database.run(
    `copy (${select}) to ${literal(draft)} (format parquet, compression zstd, row_group_size 122880)`,
  );
  const bytes = readFileSync(draft);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const path = join(folder, `part-${sha256}.parquet`);
  const target = join(lake, path);
  if (existsSync(target)) rmSync(draft);
  else {
    sync(draft);
    chmodSync(draft, 0o444);
    renameSync(draft, target);
    sync(dirname(target));
  }
  return { path, fact, month, rows, bytes: statSync(target).size, sha256 };
}

function sync(path: string): void {
  const file = openSync(path, "r");
  fsyncSync(file);
  closeSync(file);
}
