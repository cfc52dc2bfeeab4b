import { randomBytes } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { draftOf, publishNew, rename } from "../durable.ts";
import { Database, literal, name } from "../warehouse/database.ts";
import { LockedError } from "../warehouse/instances.ts";
import { damaged } from "./damage.ts";
import { assertNotLost } from "./lost.ts";
import { MIGRATIONS } from "./migrations.ts";
import { upgrade } from "./upgrade.ts";

const PATIENCE_MS = 10_000;
/** Who writes last in this process, by path: all handles of one file wait for each other. */
const turns = new Map<string, Promise<void>>();
const writes = new Map<string, number>();

/** How often this process wrote to a state. */
export function writesOf(path: string): number {
  return writes.get(path) ?? 0;
}

/**
 * Application state (ledger, secrets; later actions and users) in state.duckdb. A read-write handle shuts out
 * every other process, so each use opens, works in one transaction, checkpoints and closes: nothing that was
 * acknowledged ever lives in a write-ahead log only.
 */
export class State {
  readonly #path: string;
  readonly #patience: number;
  /** This process has seen that the file has today's tables. */
  #isCurrent: boolean | undefined;

  get path(): string {
    return this.#path;
  }

  constructor(path: string, { patience = PATIENCE_MS } = {}) {
    this.#path = path;
    this.#patience = patience;
  }

  /**
   * Creates the file under another name first: a half-made database must never carry the real one. Of two processes
   * that do so at once one gives way, since a second secret would part the keys of the facts.
   */
  create(): Promise<void> {
    return existsSync(this.#path) ? Promise.resolve() : this.#inTurn(() => this.#create());
  }

  async #create(): Promise<void> {
    if (existsSync(this.#path)) return;
    assertNotLost(this.#path);
    const draft = draftOf(this.#path);
    for (const file of [draft, `${draft}.wal`]) rmSync(file, { force: true });
    const database = await Database.open(draft, { threads: 1 });
    await database.transaction(async () => {
      for (const statement of MIGRATIONS.flat()) await database.run(statement);
      await database.run("insert into secrets values ('person_key', $secret)", {
        secret: randomBytes(32).toString("hex"),
      });
      await database.run("insert into settings values ('schema_version', $version)", {
        version: String(MIGRATIONS.length),
      });
    });
    await database.run("checkpoint");
    database.close();
    publishNew(draft, this.#path);
  }

  /** One short transaction. @throws LockedError when another process holds the file for longer than 10 s. */
  write<T>(work: (database: Database) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      const database = await this.#open();
      try {
        const result = await database.transaction(() => work(database));
        await database.run("checkpoint");
        return result;
      } catch (error) {
        throw damaged(error, this.#path);
      } finally {
        database.close();
      }
    });
  }

  async read<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const database = await (this.#isCurrent ? this.#open() : this.#inTurn(() => this.#open()));
    try {
      return await work(database);
    } catch (error) {
      throw damaged(error, this.#path);
    } finally {
      database.close();
    }
  }

  async secret(): Promise<string> {
    const row = await this.read((database) =>
      database.one("select value from secrets where name = 'person_key'"),
    );
    return String(row["value"]);
  }

  /**
   * Copies the whole state into a new file under its own name: DuckDB leaves deleted rows' bytes in the old one.
   * @throws UserError when another process holds the file.
   */
  async rewrite(): Promise<void> {
    const draft = draftOf(this.#path);
    rmSync(draft, { force: true });
    await this.#inTurn(async () => {
      const database = await this.#open();
      try {
        await database.run("checkpoint");
        await copyAll(database, draft);
        if (existsSync(`${this.#path}.wal`)) throw new Error("the state has a write-ahead log");
        // Still open: what another process wrote between the copy and the new name would be lost.
        rename(draft, this.#path);
      } finally {
        database.close();
        rmSync(draft, { force: true });
      }
    });
  }

  /** A complete copy in a file that does not exist yet. */
  async copyTo(path: string): Promise<void> {
    const database = await (this.#isCurrent ? this.#open() : this.#inTurn(() => this.#open()));
    try {
      await copyAll(database, path);
    } finally {
      database.close();
    }
  }

  /**
   * Writes of one process one after the other: a checkpoint refuses beside another's transaction, and a line of the
   * audit must follow from the one before.
   */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const before = turns.get(this.#path);
    const mine = (async () => {
      await before;
      return work();
    })();
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    turns.set(this.#path, settled);
    try {
      return await mine;
    } finally {
      writes.set(this.#path, writesOf(this.#path) + 1);
      if (turns.get(this.#path) === settled) turns.delete(this.#path);
    }
  }

  async #open(): Promise<Database> {
    await this.#create();
    const database = await this.#openFile();
    if (this.#isCurrent) return database;
    try {
      await upgrade(database, this.#path);
      this.#isCurrent = true;
      return database;
    } catch (error) {
      database.close();
      throw damaged(error, this.#path);
    }
  }

  async #openFile(): Promise<Database> {
    const until = Date.now() + this.#patience;
    for (let pause = 5; ; pause = Math.min(pause * 2, 200)) {
      try {
        return await Database.open(this.#path, { threads: 1 });
      } catch (error) {
        if (!(error instanceof LockedError) || Date.now() > until) throw damaged(error, this.#path);
        await wait(pause);
      }
    }
  }
}

async function copyAll(database: Database, path: string): Promise<void> {
  const { own } = await database.one("select current_database() as own");
  await database.run(`attach ${literal(path)} as copied (storage_version 'latest')`);
  await database.run(`copy from database ${name(String(own))} to copied`);
  await database.run("checkpoint copied");
  await database.run("detach copied");
}
