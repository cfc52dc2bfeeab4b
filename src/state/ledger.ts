import type { Text } from "../kit/say.ts";
import type { Database } from "../warehouse/database.ts";
import { advance } from "./position.ts";
import type { State } from "./state.ts";
import { bury } from "./tombstones.ts";

/** One immutable Parquet file of the lake. `path` is relative to the lake folder. */
export interface Part {
  path: string;
  fact: string;
  month: string;
  rows: number;
  bytes: number;
  sha256: string;
  /** Which import gave it, once it is listed. */
  importId?: number;
}

export interface ImportEntry {
  fileName: string;
  sha256: string;
  bytes: number;
  encoding: string;
  importer: string;
  kind: string;
  options: string;
  read: number;
  accepted: number;
  duplicate: number;
  rejected: number;
  /** UTC, ISO 8601, null when the file has no dated record. */
  from: string | null;
  to: string | null;
  asOf: string | null;
  groups: string[];
  warnings: { code: string; column: string | null; count: number }[];
  /** Files that were dropped together on the imports page. */
  batch: string | null;
}

const PARTS_SHAPE = JSON.stringify([
  { path: "varchar", fact: "varchar", month: "varchar", rows: "bigint", bytes: "bigint", sha256: "varchar" },
]);

/** Imports of the same bytes in the same way: together they hold all rows of the file. */
const SAME_READING = "sha256 = $sha256 and importer = $importer and options = $options";

export interface Recorded {
  entry: ImportEntry;
  parts: readonly Part[];
  at: Date;
  /** Imports of the same file that this one takes the place of. */
  replaces?: readonly number[] | undefined;
  /** Keys by which somebody who was forgotten came back: forgotten as well. */
  forgotten?: readonly string[];
}

/** Lists imports and their parts in one transaction: before it the parts do not exist, after it they all do. */
export async function recordImports(state: State, imports: readonly Recorded[]): Promise<void> {
  await state.write(async (database) => {
    await advance(database);
    for (const { entry, parts, at, replaces = [], forgotten = [] } of imports) {
      await bury(database, forgotten, "import", at);
      for (const replaced of replaces) {
        await database.run("delete from parts where import_id = $replaced", { replaced });
        await database.run("delete from imports where import_id = $replaced", { replaced });
      }
      await database.run(`update imports set is_incomplete = false where is_incomplete and ${SAME_READING}`, {
        sha256: entry.sha256,
        importer: entry.importer,
        options: entry.options,
      });
      const { import_id } = await database.one(
        `insert into imports (file_name, sha256, bytes, encoding, importer, kind, options, read, accepted, duplicate,
           rejected, from_at, to_at, as_of, group_ids, warnings, batch, imported_at)
         values ($fileName, $sha256, $bytes, $encoding, $importer, $kind, $options, $read, $accepted, $duplicate,
           $rejected, $from::timestamp, $to::timestamp, $asOf::timestamp,
           coalesce(from_json($groups::json, '["varchar"]'), []), $warnings, $batch, $at::timestamp)
         returning import_id`,
        {
          ...entry,
          groups: JSON.stringify(entry.groups),
          warnings: JSON.stringify(entry.warnings),
          at: utc(at),
        },
      );
      if (parts.length === 0) continue;
      await database.run(
        `insert or ignore into parts
         select part.path, ${Number(import_id)}, part.fact, part.month, part.rows, part.bytes, part.sha256
         from (select unnest(from_json($parts::json, '${PARTS_SHAPE}')) as part)`,
        { parts: JSON.stringify(parts) },
      );
    }
  });
}

export async function recordFailure(
  state: State,
  fileName: string,
  sha256: string | null,
  why: Text,
  now: Date,
): Promise<void> {
  await state.write((database) =>
    database.run("insert into failures values ($fileName, $sha256, $zh, $en, $now::timestamp)", {
      fileName,
      sha256,
      zh: why.zh,
      en: why.en,
      now: utc(now),
    }),
  );
}

export interface ListedImport extends ImportEntry {
  id: number;
  importedAt: string;
  /** Rows of it were once taken for duplicates of an import that was undone: reading it again gives more. */
  isIncomplete: boolean;
}

export async function listImports(state: State): Promise<ListedImport[]> {
  const rows = await state.read((database) => database.all(`${SELECT} order by import_id`));
  return rows.map((row) => ({
    ...toEntry(row),
    id: Number(row["import_id"]),
    importedAt: String(row["imported_at"]),
    isIncomplete: row["is_incomplete"] === true,
  }));
}

export async function listParts(state: State): Promise<Part[]> {
  return state.read(partsOf);
}

/** Rejected rows have no month of their own: they are as old as their import. @param month "2024-11". */
export async function partsImportedBefore(state: State, month: string): Promise<string[]> {
  const rows = await state.read((database) =>
    database.all(
      "select path from parts join imports using (import_id) where fact = 'rejects' and strftime(imported_at, '%Y-%m') < $month",
      { month },
    ),
  );
  return rows.map((row) => String(row["path"]));
}

/** Which imported file gave which part. */
export async function listSources(state: State): Promise<{ path: string; fact: string; sha256: string }[]> {
  const rows = await state.read((database) =>
    database.all(
      "select parts.path, parts.fact, imports.sha256 from parts join imports using (import_id) order by all",
    ),
  );
  return rows.map((row) => ({
    path: String(row["path"]),
    fact: String(row["fact"]),
    sha256: String(row["sha256"]),
  }));
}

/** Names of the files that gave these parts. */
export async function sourcesOf(state: State, paths: readonly string[]): Promise<string[]> {
  const rows = await state.read((database) =>
    database.all("select distinct file_name, path from imports join parts using (import_id) order by all"),
  );
  const wanted = new Set(paths);
  return [
    ...new Set(rows.filter((row) => wanted.has(String(row["path"]))).map((row) => String(row["file_name"]))),
  ];
}

export async function partsOf(database: Database): Promise<Part[]> {
  const rows = await database.all("select * from parts order by path");
  return rows.map((row) => ({
    path: String(row["path"]),
    fact: String(row["fact"]),
    month: String(row["month"]),
    rows: Number(row["rows"]),
    bytes: Number(row["bytes"]),
    sha256: String(row["sha256"]),
    importId: Number(row["import_id"]),
  }));
}

const SELECT = `select * from imports`;

function toEntry(row: Record<string, unknown>): ImportEntry {
  const text = (value: unknown) => (value === null || value === undefined ? null : String(value));
  return {
    fileName: String(row["file_name"]),
    sha256: String(row["sha256"]),
    bytes: Number(row["bytes"]),
    encoding: String(row["encoding"]),
    importer: String(row["importer"]),
    kind: String(row["kind"]),
    options: String(row["options"]),
    read: Number(row["read"]),
    accepted: Number(row["accepted"]),
    duplicate: Number(row["duplicate"]),
    rejected: Number(row["rejected"]),
    from: text(row["from_at"]),
    to: text(row["to_at"]),
    asOf: text(row["as_of"]),
    groups: (row["group_ids"] as string[] | null) ?? [],
    warnings: JSON.parse(String(row["warnings"])) as ImportEntry["warnings"],
    batch: text(row["batch"]),
  };
}

/** UTC without a zone, as TIMESTAMP columns hold it. */
export function utc(date: Date): string {
  return date.toISOString().replace("Z", "");
}
