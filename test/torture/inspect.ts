import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { everyFile } from "../../src/admin/files.ts";
import { verify } from "../../src/admin/verify.ts";
import { listImports, listParts, type Part } from "../../src/state/ledger.ts";
import { State } from "../../src/state/state.ts";
import { Database, literal } from "../../src/warehouse/database.ts";
import { createLakeViews } from "../../src/warehouse/lake.ts";
import { generationPath, readPointer } from "../../src/warehouse/publish.ts";
import { openWorkspace, type Workspace } from "../../src/workspace.ts";

/** What the files of a workspace hold at one moment. */
export interface Moment {
  /** Hash over every row of every table of the state. */
  state: string;
  generation: string | null;
  /** Hashes of the files whose import the ledger holds. */
  imports: readonly string[];
  /** What a reader would miss: listed parts and the published generation, each as long as was promised. */
  missing: readonly string[];
  /** Frozen reports, each with its size. */
  reports: string;
}

/** Reads moments of one workspace while its files change; what did not change is not read twice. */
export class Moments {
  readonly #workspace: Workspace;
  readonly #scratch: string;
  #version = "";
  #state = { digest: "", imports: [] as string[], parts: [] as Part[] };

  constructor(root: string, scratch: string) {
    this.#workspace = openWorkspace(root);
    this.#scratch = scratch;
  }

  async now(): Promise<Moment> {
    await this.#readState();
    const { lake, marts, reports, root } = this.#workspace;
    const { digest: state, imports, parts } = this.#state;
    const pointer = readPointer(marts);
    const published = pointer && generationPath(marts, pointer.generation);
    const missing = parts
      .filter(({ path, bytes }) => sizeOf(join(lake, path)) !== bytes)
      .map(({ path }) => path);
    if (published && (sizeOf(published) !== pointer.bytes || sizeOf(`${published}.wal`) !== null))
      missing.push(relative(root, published));
    const kept = everyFile(reports).filter((file) => !file.includes(".tmp-"));
    return {
      state,
      generation: pointer?.generation ?? null,
      imports,
      missing,
      reports: kept.map((file) => `${relative(root, file)} ${sizeOf(file)}`).join(", "),
    };
  }

  /** From a copy: the process that was stopped has the file open. */
  async #readState(): Promise<void> {
    const { state: path } = this.#workspace;
    const files = [path, `${path}.wal`].filter((file) => existsSync(file));
    const version = files
      .map((file) => statSync(file, { bigint: true }))
      .map(({ ino, size, mtimeNs }) => `${ino} ${size} ${mtimeNs}`)
      .join();
    if (version === this.#version) return;
    const folder = mkdtempSync(join(this.#scratch, "state-"));
    for (const file of files) copyFileSync(file, join(folder, basename(file)));
    const state = new State(join(folder, basename(path)));
    this.#state = {
      digest: await state.read(tablesOf),
      imports: (await listImports(state)).map(({ sha256 }) => sha256),
      parts: await listParts(state),
    };
    this.#version = version;
    rmSync(folder, { recursive: true });
  }
}

function sizeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.size ?? null;
}

/** Codes of what `fupan verify` finds in a workspace that nobody has open. */
export async function problems(root: string): Promise<string[]> {
  const workspace = openWorkspace(root);
  const found = await verify(workspace, new State(workspace.state));
  return found.problems.map(({ path, code }) => `${code} ${path}`);
}

/** Names of the files that are there, without process ids, hashes and times: drafts would stand out. */
export function shapeOf(root: string): string[] {
  const names = everyFile(root)
    .map((file) => relative(root, file))
    .map((path) => path.replace(/\d{8}T\d{6}-\w+|[0-9a-f]{64}/g, "*"));
  return [...new Set(names)].sort((a, b) => (a < b ? -1 : 1));
}

/** Every row of every table as one hash; the order of rows is none of it. */
async function tablesOf(database: Database): Promise<string> {
  const tables = await hashes(
    database,
    'select format(\'"{}"."{}"\', schema_name, table_name) as full from duckdb_tables() where not internal order by all',
  );
  return createHash("md5").update(JSON.stringify(tables)).digest("hex");
}

/** Hash and number of the rows of each table, by its name. */
async function hashes(database: Database, tables: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { full } of await database.all(tables)) {
    const { h, n } = await database.one(
      `select bit_xor(hash(t::varchar))::varchar as h, count(*) as n from ${String(full)} as t`,
    );
    found[String(full)] = `${String(h)} ${String(n)}`;
  }
  return found;
}

export interface Figures {
  lake: Record<string, string>;
  marts: Record<string, string> | null;
}

/** When a build or an import was made is told in these. */
const DATED = ["about", "imports"];

/** What the facts say and what was computed from them, without when: equal for two workspaces that know the same. */
export async function figures(root: string): Promise<Figures> {
  const workspace = openWorkspace(root);
  const database = await Database.open(":memory:");
  try {
    await createLakeViews(database, workspace.lake, await listParts(new State(workspace.state)));
    const lake = await hashes(
      database,
      "select 'lake.' || view_name as full from duckdb_views() where schema_name = 'lake' order by all",
    );
    const generation = readPointer(workspace.marts)?.generation;
    if (generation === undefined) return { lake, marts: null };
    await database.run(
      `attach ${literal(generationPath(workspace.marts, generation))} as published (read_only)`,
    );
    const marts = await hashes(
      database,
      `select format('published."{}"."{}"', schema_name, table_name) as full from duckdb_tables()
       where database_name = 'published' and not (schema_name = 'report' and table_name in (${DATED.map(literal).join(", ")}))
       order by all`,
    );
    return { lake, marts };
  } finally {
    database.close();
  }
}
