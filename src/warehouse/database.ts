import { mkdirSync } from "node:fs";
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from "@duckdb/node-api";
import { Lru } from "../kit/lru.ts";
import { leave, openInstance, whileEnding } from "./instances.ts";
import { Lanes, type Limits } from "./lanes.ts";
import { type Row, toRow } from "./rows.ts";
import { Running } from "./running.ts";

export type Params = Record<string, DuckDBValue>;

export interface OpenOptions {
  readOnly?: boolean;
  /** No files, no extensions, no change of settings: what a server's handle may do. */
  caged?: boolean;
  /** DuckDB's own form: "2GB". Default 60 % of the machine, 3 GB at most. */
  memoryLimit?: string;
  /** Where sorts and joins spill; without it they stay in memory. */
  spillTo?: string;
  threads?: number;
  /** How many answers are kept: of a file that nobody writes, the same question has the same answer. */
  remembered?: number;
  /** What a question may cost; they are asked side by side on a few connections then. */
  limits?: Limits | undefined;
}

/** Connections of a database with limits: a slow question leaves the others a way past it. */
const LANES = 3;

/** Longer answers are asked for again: lists of people would fill the memory. */
const REMEMBERED_ROWS = 2000;

/**
 * The only module that opens a DuckDB database (a lint rule sees to it): two instances of one path in one
 * process lose data silently, so every file is opened through the instance cache under its real path.
 */
export class Database {
  readonly #connection: DuckDBConnection;
  readonly #running: Running;
  readonly #instance: DuckDBInstance;
  readonly #searchPath: string | undefined;
  readonly #isSibling: boolean;
  #answers: Lru<readonly Row[]> | undefined;
  #lanes: Lanes | undefined;
  #isClosed: boolean = false;

  private constructor(
    instance: DuckDBInstance,
    connection: DuckDBConnection,
    sibling?: { searchPath: string | undefined },
  ) {
    this.#instance = instance;
    this.#connection = connection;
    this.#running = new Running(() => connection.interrupt());
    this.#isSibling = sibling !== undefined;
    this.#searchPath = sibling?.searchPath;
  }

  /** @param path a file, or ":memory:". @throws UserError when another process holds the file. */
  static async open(path: string, options: OpenOptions = {}): Promise<Database> {
    const settings: Record<string, string> = {
      threads: String(options.threads ?? 2),
      memory_limit: options.memoryLimit ?? "3GB",
      storage_compatibility_version: "latest",
      autoinstall_known_extensions: "false",
    };
    if (options.readOnly) settings["access_mode"] = "READ_ONLY";
    if (options.spillTo) {
      mkdirSync(options.spillTo, { recursive: true });
      settings["temp_directory"] = options.spillTo;
    }
    const instance = await openInstance(path, settings);
    const connection = await instance.connect();
    const database = new Database(instance, connection);
    if (options.readOnly && options.remembered) database.#answers = new Lru(options.remembered);
    // One process has one instance of a file: when another reader has shut it, it is as it should be already.
    try {
      if (options.caged) {
        // For every connection to come: none of them can set it any more.
        await database.run("set global timezone = 'UTC'");
        await database.run("set enable_external_access = false");
        await database.run("set lock_configuration = true");
      } else await database.run("set timezone = 'UTC'");
    } catch (error) {
      const [shut] = await database.#ask("select current_setting('lock_configuration') as locked");
      if (shut?.["locked"] !== true) throw error;
    }
    if (options.limits) {
      const connections = [];
      for (let lane = 0; lane < LANES; lane++) connections.push(await instance.connect());
      database.#lanes = new Lanes(connections, options.limits);
    }
    return database;
  }

  /** Rows as plain objects: integers and decimals as numbers, times as ISO text, lists as arrays. */
  async all(sql: string, params?: Params): Promise<Row[]> {
    if (!this.#answers) return this.#ask(sql, params);
    const rows = await this.#answers.get(
      JSON.stringify([sql, params]),
      () => this.#ask(sql, params),
      ({ length }) => length <= REMEMBERED_ROWS,
    );
    return rows.map((row) => ({ ...row }));
  }

  /** The answer as it comes, a batch at a time: one of many rows is never in memory whole. */
  async stream(sql: string): Promise<{ names: readonly string[]; batches: AsyncIterable<Row[]> }> {
    const result = await this.#running.do(() => this.#connection.stream(sql));
    const names = result.deduplicatedColumnNames();
    const running = this.#running;
    async function* batches() {
      const each = result.yieldRows();
      for (;;) {
        const { value, done } = await running.do(() => each.next());
        if (done) return;
        yield value.map((values) => toRow(names, values));
      }
    }
    return { names, batches: batches() };
  }

  async #ask(sql: string, params?: Params): Promise<Row[]> {
    if (this.#lanes) return this.#lanes.ask(sql, params);
    const reader = await this.#running.do(() => this.#connection.runAndReadAll(sql, params));
    const names = reader.deduplicatedColumnNames();
    return reader.getRows().map((values) => toRow(names, values));
  }

  /** The only row. @throws when there is none. */
  async one(sql: string, params?: Params): Promise<Row> {
    const row = (await this.all(sql, params))[0];
    if (!row) throw new Error(`no row: ${sql.slice(0, 80)}`);
    return row;
  }

  async run(sql: string, params?: Params): Promise<void> {
    await this.#running.do(() => this.#connection.run(sql, params));
  }

  /**
   * All or nothing. After a failed statement COMMIT would report success and keep nothing (or, after a parser
   * error, keep the rest), so the first error of any kind rolls back and is thrown.
   */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.run("begin transaction");
    try {
      const result = await work();
      await this.run("commit");
      return result;
    } catch (error) {
      await this.run("rollback").catch(() => undefined);
      throw error;
    }
  }

  /** The raw connection, for what only it can do: appenders and Arrow. */
  get connection(): DuckDBConnection {
    return this.#connection;
  }

  /**
   * Another connection to the same instance, for statements side by side.
   * @param searchPath DuckDB's own form, `catalog.schema,…`; without it that of this connection.
   */
  async sibling(searchPath = this.#searchPath): Promise<Database> {
    const connection = await this.#running.do(() => this.#instance.connect());
    const database = new Database(this.#instance, connection, { searchPath });
    await database.run("set timezone = 'UTC'");
    if (searchPath !== undefined) await database.run(`set search_path = ${literal(searchPath)}`);
    return database;
  }

  /**
   * At once where nothing runs; what runs is interrupted, and the connections are closed when it has ended. The
   * instance is closed too: left to the garbage collector, it would keep its file locked against other processes for
   * seconds.
   */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const ends = [this.#running.end() ?? [], this.#lanes?.end() ?? []].flat();
    const shut = () => {
      this.#lanes?.close();
      this.#connection.closeSync();
      if (!this.#isSibling) leave(this.#instance);
    };
    if (ends.length === 0) shut();
    else whileEnding(this.#instance, Promise.all(ends).then(shut));
  }
}

/** A text literal. For names and paths of our own; values of users travel as parameters. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A quoted identifier. */
export function name(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
