import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importers } from "../../pipelines/index.ts";
import { importerOf } from "../../src/commands/column-maps.ts";
import { type FileResult, type ImportOptions, importFile } from "../../src/ingest/import-file.ts";
import { ImportSession } from "../../src/ingest/session.ts";
import { listParts } from "../../src/state/ledger.ts";
import { State } from "../../src/state/state.ts";
import { build } from "../../src/warehouse/build.ts";
import { type Catalog, readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { createLakeViews } from "../../src/warehouse/lake.ts";
import { generationPath } from "../../src/warehouse/publish.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { openWorkspace, type Workspace } from "../../src/workspace.ts";

export const SQL_ROOT = new URL("../../sql", import.meta.url).pathname;
/** The clock of the tests: imports compare it with the files' times. */
export const NOW = new Date("2026-11-24T00:00:00Z");

let read: Catalog | undefined;

/** The project's models, read once: they do not change while tests run. */
function ownCatalog(): Catalog {
  read ??= readCatalog(SQL_ROOT);
  return read;
}

/** A throw-away workspace that imports and builds as the commands do. */
export class Community {
  readonly root: string;
  readonly workspace: Workspace;
  readonly state: State;
  #count = 0;

  constructor(config = "") {
    this.root = mkdtempSync(join(tmpdir(), "fupan-test-"));
    writeFileSync(join(this.root, "fupan.yaml"), config);
    this.workspace = openWorkspace(this.root);
    this.state = new State(this.workspace.state);
  }

  /** Writes a file and imports it. @param content text, or bytes for other encodings. */
  async import(
    name: string,
    content: string | Uint8Array,
    options: Partial<ImportOptions> = {},
  ): Promise<FileResult> {
    const folder = join(this.root, "drop", String(this.#count++));
    mkdirSync(folder, { recursive: true });
    const path = join(folder, name);
    writeFileSync(path, content);
    return this.importPath(path, options);
  }

  async importPath(path: string, options: Partial<ImportOptions> = {}): Promise<FileResult> {
    const session = await ImportSession.open(this.workspace, this.state);
    try {
      const known = [...importers, ...this.workspace.config.tables.map((one) => importerOf(one, importers))];
      const result = await importFile(path, known, session, { now: NOW, ...options });
      await session.flush();
      return result;
    } finally {
      session.close();
    }
  }

  /** Builds and publishes. @returns the generation id. */
  async build(asOf?: string, catalog: Catalog = ownCatalog()): Promise<string> {
    const { generation } = await build(this.workspace, this.state, catalog, { asOf, now: NOW });
    return generation;
  }

  /** Builds, then answers from the published generation. */
  async query(sql: string, asOf?: string): Promise<Row[]> {
    const [rows = []] = await this.queries([sql], asOf);
    return rows;
  }

  /** Builds once, then answers each of several questions. */
  async queries(sqls: readonly string[], asOf?: string): Promise<Row[][]> {
    const generation = await this.build(asOf);
    const database = await Database.open(generationPath(this.workspace.marts, generation), {
      readOnly: true,
    });
    try {
      const answers = [];
      for (const sql of sqls) answers.push(await database.all(sql));
      return answers;
    } finally {
      database.close();
    }
  }

  /** Reads the lake alone, without a build: `lake.messages` and the other facts as the ledger lists them. */
  async lake<T>(read: (database: Database) => Promise<T>): Promise<T> {
    const database = await Database.open(":memory:");
    try {
      await createLakeViews(database, this.workspace.lake, await listParts(this.state));
      return await read(database);
    } finally {
      database.close();
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Rows of objects as CSV text with a header. */
export function csv(rows: readonly Record<string, string | number | null | undefined>[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (value: string | number | null | undefined) => {
    const text = value === null || value === undefined ? "" : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${[names, ...rows.map((row) => names.map((name) => row[name]))].map((row) => row.map(cell).join(",")).join("\n")}\n`;
}
