import { createHash } from "node:crypto";
import { chmod, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Part } from "../state/ledger.ts";
import { type Database, literal, name } from "../warehouse/database.ts";
import { FACTS, type Fact, REJECT_COLUMNS } from "./facts.ts";
import { FEW, fewValues } from "./few-values.ts";

const NO_MONTH = "0000-00";
/**
 * Writes the new rows of a fact, a part per month: temporary name, fsync, rename, read-only.
 * @param groups those that the file speaks of.
 */
export async function writeParts(
  database: Database,
  fact: Fact,
  lake: string,
  groups: readonly string[],
  sourceFormat: string,
): Promise<Part[]> {
  // Who somebody is belongs to no month, and a part for each would be a file of a few rows.
  const month = fact === "contacts" ? "null::timestamp" : "date_trunc('month', happened_at)";
  const months = await database.all(
    `select strftime(month, '%Y-%m') as month, first, last, rows, first <= max(last) over (order by first rows between unbounded preceding and 1 preceding) as mixed
     from (
       select ${month} as month, min(record) as first, max(record) as last, count(*) as rows
       from seen_${fact} anti join dup_${fact} using (row) group by all having count(*) > 0
     ) order by month`,
  );
  const mixed = months.some((month) => month["mixed"] === true);
  // One group's log in order of time is written as it stands: sorting takes longer than writing.
  const isSorted = fact === "messages" && groups.length < 2 && (await isInOrder(database, fact));
  const order = isSorted || !(fact in ORDER) ? "" : `order by ${ORDER[fact]}`;
  const types = months.length > 0 ? await fewValues(database, fact, sourceFormat) : new Map<string, string>();
  const columns = Object.keys(FACTS[fact])
    .map((column) => {
      const type = types.get(column);
      return type === undefined ? name(column) : `${name(column)}::${name(type)} as ${name(column)}`;
    })
    .join(", ");
  const jobs = months.map(({ month, first, last, rows }) => {
    const since = `timestamp ${literal(`${month}-01`)}`;
    const at =
      month === null ? "month_at is null" : `month_at >= ${since} and month_at < ${since} + interval 1 month`;
    const select = `select ${columns} from new_${fact} where record between ${first} and ${last} ${mixed ? `and ${at}` : ""} ${order}`;
    return { select, month: month === null ? NO_MONTH : String(month), rows: Number(rows) };
  });
  const parts: Part[] = [];
  const work = async (connection: Database) => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      parts.push(await writePart(connection, job.select, lake, fact, job.month, job.rows));
    }
  };
  if (jobs.length < 2) await work(database);
  else await sideBySide(database, work);
  return parts.sort((a, b) => (a.month < b.month ? -1 : 1));
}

/**
 * A month is too small to keep two threads busy with one file: two files by one thread each take three quarters
 * of the time. Nothing else runs on this engine meanwhile.
 */
async function sideBySide(database: Database, work: (connection: Database) => Promise<void>): Promise<void> {
  const { threads } = await database.one("select current_setting('threads') as threads");
  const other = await database.sibling();
  try {
    await database.run("set threads = 1");
    await Promise.all([work(database), work(other)]);
  } finally {
    await database.run(`set threads = ${Number(threads)}`);
    other.close();
  }
}

/** Whether the rows stand in the file in the order of their times, so that equal times stand side by side. */
async function isInOrder(database: Database, fact: Fact): Promise<boolean> {
  const { back } = await database.one(
    `select count(*) as back from (select happened_at, lag(happened_at) over () as before from seen_${fact}) where happened_at < before`,
  );
  return Number(back) === 0;
}

/** Rejected rows with their text, beside the facts: they hold personal data like these. */
export async function writeRejects(database: Database, lake: string, sha256: string): Promise<Part[]> {
  const { rows } = await database.one("select count(*) as rows from issues where is_reject");
  if (Number(rows) === 0) return [];
  const select = `select ${literal(sha256)} as sha256, line, column_name, code, sample, if(row_number() over (order by line) = 1, (select frame from frames), null) as frame
    from issues where is_reject order by line`;
  const typed = Object.entries(REJECT_COLUMNS).map(([column, type]) => `${column}::${type} as ${column}`);
  const all = `select ${typed.join(", ")} from (${select})`;
  return [await writePart(database, all, lake, "rejects", NO_MONTH, Number(rows))];
}

/** Orders that another file stated in the same words, beside the facts: which file states an order stays known. */
export async function writeRepeats(database: Database, lake: string, sha256: string): Promise<Part[]> {
  const { rows } = await database.one("select count(*) as rows from dup_orders");
  if (Number(rows) === 0) return [];
  const columns = Object.keys(FACTS.order_repeats).filter((column) => column !== "sha256");
  const select = `select ${literal(sha256)} as sha256, ${columns.map(name).join(", ")}
    from all_orders as whole semi join dup_orders as dup using (record) order by shop_id, order_id`;
  return [await writePart(database, select, lake, "order_repeats", NO_MONTH, Number(rows))];
}

// Group, then time: a group's week lies together, which halves what a query reads. Others stay in the file's order.
const ORDER: Partial<Record<Fact, string>> = {
  messages: "group_id, sent_at, record",
  member_events: "group_id, event_at, record",
  // Numbering the levels of one member takes the rows out of the file's order.
  member_snapshots: "record",
};

/** One part: temporary name, fsync, rename, read-only. The name is the content's hash. */
export async function writePart(
  database: Database,
  select: string,
  lake: string,
  fact: string,
  month: string,
  rows: number,
): Promise<Part> {
  const folder = join(fact, `month=${month}`);
  await makeFolder(join(lake, folder));
  // Under the workspace's lock nobody else writes: one name is enough.
  const draft = join(lake, folder, "part.tmp");
  try {
    return await finishPart(database, select, { lake, folder, draft, fact, month, rows });
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

// Texts have no dictionary worth looking for: the search took two thirds of the writing.
async function finishPart(
  database: Database,
  select: string,
  {
    lake,
    folder,
    draft,
    fact,
    month,
    rows,
  }: Pick<Part, "fact" | "month" | "rows"> & Record<"lake" | "folder" | "draft", string>,
): Promise<Part> {
  await database.run(
    `copy (${select}) to ${literal(draft)} (format parquet, compression zstd, compression_level 1, dictionary_size_limit ${FEW})`,
  );
  const bytes = await readFile(draft);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const path = join(folder, `part-${sha256}.parquet`);
  const target = join(lake, path);
  // Also over a file of this name: it has these bytes, or the disk has changed them.
  await sync(draft);
  await chmod(draft, 0o400);
  await rename(draft, target);
  await sync(dirname(target));
  return { path, fact, month, rows, bytes: bytes.length, sha256 };
}

/** A file in a folder that the disk does not know of yet would be lost with it. */
async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let folder = dirname(path); folder.length >= dirname(first).length; folder = dirname(folder))
    await sync(folder);
}

async function sync(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
