import { fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importers } from "../pipelines/index.ts";
import { importFiles } from "../src/ingest/import-files.ts";
import { ImportSession } from "../src/ingest/session.ts";
import { State } from "../src/state/state.ts";
import { Database, literal } from "../src/warehouse/database.ts";
import { openWorkspace, type Workspace } from "../src/workspace.ts";
import { type Size, writeMemotrace } from "./data.ts";
import { type Figure, median } from "./report.ts";

const TYPES: Readonly<Record<string, string>> = {
  localId: "BIGINT",
  TalkerId: "BIGINT",
  Type: "INTEGER",
  SubType: "INTEGER",
  IsSender: "INTEGER",
  CreateTime: "BIGINT",
  Status: "INTEGER",
  StrContent: "VARCHAR",
  StrTime: "VARCHAR",
  Remark: "VARCHAR",
  NickName: "VARCHAR",
  Sender: "VARCHAR",
};

/** An empty workspace in a folder, ready to import. */
export async function emptyWorkspace(root: string): Promise<{ workspace: Workspace; state: State }> {
  writeFileSync(join(root, "fupan.yaml"), "");
  const workspace = openWorkspace(root);
  const state = new State(workspace.state);
  await state.create();
  return { workspace, state };
}

/** As the command imports: the next file is read while one is being finished. */
export async function importAll(workspace: Workspace, state: State, paths: readonly string[]): Promise<void> {
  const session = await ImportSession.open(workspace, state);
  for await (const { path, ...made } of importFiles(paths, importers, session, { now: new Date() })) {
    if ("error" in made) throw made.error;
    const { accepted, read } = made.result;
    if (accepted !== read) throw new Error(`${path}: ${accepted} of ${read} rows`);
  }
  await session.flush();
  session.close();
}

async function floor(file: string, target: string): Promise<number> {
  const database = await Database.open(":memory:");
  const columns = Object.entries(TYPES).map(([column, type]) => `${column}: '${type}'`);
  const start = performance.now();
  await database.run(
    `copy (select * from read_csv(${literal(file)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
       columns = {${columns.join(", ")}})) to ${literal(target)} (format parquet, compression zstd)`,
  );
  database.close();
  return performance.now() - start;
}

async function once(file: string, folder: string): Promise<{ ratio: number; seconds: number }> {
  const least = await floor(file, join(folder, "floor.parquet"));
  const root = mkdtempSync(join(folder, "workspace-"));
  const { workspace, state } = await emptyWorkspace(root);
  const start = performance.now();
  await importAll(workspace, state, [file]);
  const spent = performance.now() - start;
  rmSync(root, { recursive: true });
  return { ratio: spent / least, seconds: spent / 1000 };
}

/** One import in a process of its own, whose peak memory is that of an import and nothing else. */
async function peakMegabytes(file: string): Promise<number> {
  const child = fork(new URL(import.meta.url).pathname, [file], { execArgv: ["--import", "tsx"] });
  return new Promise((resolve, reject) => {
    child.on("message", (peak) => resolve(Number(peak)));
    child.on("exit", (code) => code !== 0 && reject(new Error(`exit ${code}`)));
  });
}

export async function importBench(size: Size, runs: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "fupan-bench-"));
  try {
    const file = join(folder, "chat.csv");
    await writeMemotrace(file, size);
    const made = [];
    for (let run = 0; run < runs; run++) made.push(await once(file, folder));
    const peak = await peakMegabytes(file);
    const rows = size.messages.toLocaleString("en-US");
    return [
      {
        what: `Import of ${rows} MemoTrace rows, against DuckDB's own copy of the file`,
        value: `${median(made.map(({ ratio }) => ratio)).toFixed(2)} × (${median(made.map(({ seconds }) => seconds)).toFixed(1)} s)`,
        goal: "1.6 ×",
      },
      { what: "Peak memory of that import", value: `${(peak / 1000).toFixed(2)} GB`, goal: "1.2 GB" },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [, script, file] = process.argv;
if (script === new URL(import.meta.url).pathname && file && process.send) {
  const root = mkdtempSync(join(tmpdir(), "fupan-bench-"));
  const { workspace, state } = await emptyWorkspace(root);
  await importAll(workspace, state, [file]);
  rmSync(root, { recursive: true });
  process.send(process.resourceUsage().maxRSS / 1000);
}
