import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parseString } from "whatsapp-chat-parser";
import { loadAssets } from "../src/server/assets.ts";
import { build } from "../src/warehouse/build.ts";
import { readCatalog } from "../src/warehouse/catalog.ts";
import { Database, literal } from "../src/warehouse/database.ts";
import { writeWhatsapp } from "./chat-files.ts";
import { writeCommunity } from "./community.ts";
import { emptyWorkspace, importAll } from "./import.ts";
import { rows } from "./orders.ts";
import { type Figure, median } from "./report.ts";

const SQL = new URL("../sql", import.meta.url).pathname;
const MESSAGES = 60_000;
const ORDERS = 60_000;
const COMMUNITY = { messages: 20_000, members: 1000, groups: 10, weeks: 12 };
/** Bytes, packed. */
const WEIGHT = 10 << 10;

/** Milliseconds of all cores together: other work of the machine changes them little. */
async function work(of: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await of();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Each against its floor, run by run, so that a slow moment falls on both. */
async function against(runs: number, ours: () => Promise<unknown>, floor: () => Promise<unknown>) {
  const made: number[] = [];
  for (let run = 0; run < runs; run++) made.push((await work(ours)) / (await work(floor)));
  return median(made);
}

async function imported(files: readonly string[]): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "fupan-bench-"));
  try {
    const { workspace, state } = await emptyWorkspace(root);
    await importAll(workspace, state, files);
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Work that is the same on every machine: grouping and sorting numbers made on the way. */
async function fixedQuery(): Promise<void> {
  const database = await Database.open(":memory:");
  await database.all(
    "select g, count(*), sum(h) from (select hash(i) % 100003 as g, hash(i) % 97 as h from range(8000000) as t (i)) group by g order by 2, 1 limit 3",
  );
  database.close();
}

async function textImport(folder: string, runs: number): Promise<number> {
  const log = join(folder, "WhatsApp Chat with A.txt");
  await writeWhatsapp(log, MESSAGES, 1);
  return against(
    runs,
    () => imported([log]),
    async () => parseString(readFileSync(log, "utf8")),
  );
}

async function orderImport(folder: string, runs: number): Promise<number> {
  const file = join(folder, "orders.csv");
  const database = await Database.open(":memory:");
  await database.run(`copy (${rows(ORDERS)}) to ${literal(file)} (format csv, header)`);
  const least = () =>
    database.run(
      `copy (select * from read_csv(${literal(file)}, auto_detect = false, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', columns = {${Array.from(
        { length: 12 },
        (_, at) => `c${at}: 'VARCHAR'`,
      ).join(", ")}})) to ${literal(join(folder, "floor.parquet"))} (format parquet, compression zstd)`,
    );
  try {
    return await against(runs, () => imported([file]), least);
  } finally {
    database.close();
  }
}

async function smallBuild(root: string, runs: number): Promise<number> {
  await writeCommunity(root, COMMUNITY);
  const { workspace, state } = await emptyWorkspace(root);
  const files = ["members", "messages", "orders"].map((name) => join(root, `${name}.csv`));
  await importAll(workspace, state, files);
  const catalog = readCatalog(SQL);
  // Without anything that an earlier build could be continued from.
  const anew = () => {
    rmSync(workspace.marts, { recursive: true });
    mkdirSync(workspace.marts);
    return build(workspace, state, catalog, { now: new Date() });
  };
  return against(runs, anew, fixedQuery);
}

async function weight(): Promise<number> {
  const assets = loadAssets();
  const parts = [assets.css.body, (await assets.script("main"))?.body ?? ""];
  return parts.reduce((sum, part) => sum + gzipSync(part).length, 0) / WEIGHT;
}

/** What the guard holds beside the import of a table: cheap, and the same on a busy machine. */
export async function workRatios(runs: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "fupan-bench-"));
  const figure = (what: string, ratio: number) => ({ what, value: `${ratio.toFixed(2)} ×`, goal: "" });
  const n = (count: number) => count.toLocaleString("en-US");
  try {
    return [
      figure(
        `Work of an import of ${n(MESSAGES)} WhatsApp messages, against the parse alone of whatsapp-chat-parser`,
        await textImport(folder, runs),
      ),
      figure(
        `Work of an import of ${n(ORDERS)} orders (CSV), against DuckDB's own copy of the file`,
        await orderImport(folder, runs),
      ),
      figure(
        `Work of a full build of ${n(COMMUNITY.messages)} messages, against a fixed query of 8,000,000 numbers`,
        await smallBuild(folder, runs),
      ),
      figure("Style and script of the page, packed, against 10 KiB", await weight()),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
