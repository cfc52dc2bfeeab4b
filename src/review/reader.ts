import { existsSync } from "node:fs";
import { basename } from "node:path";
import { writeMoneyIn } from "../kit/money.ts";
import { goneError, UnusableError } from "../state/damage.ts";
import { Database } from "../warehouse/database.ts";
import type { Limits } from "../warehouse/lanes.ts";
import { createNumberFunctions } from "../warehouse/number-functions.ts";
import { assertCurrent } from "../warehouse/outdated.ts";
import { generationPath, type Pointer, readPointer } from "../warehouse/publish.ts";

/** About ten views of the weekly page, with what they share. */
const REMEMBERED = 1000;

interface Open {
  pointer: Pointer;
  database: Database;
  readers: number;
  retired: boolean;
}

/**
 * Reads of the published generation, read-only and caged. A new pointer opens the new file as a new instance; what
 * runs on the old one ends there, then it is closed. One `read` never sees two generations.
 */
export class GenerationReader {
  readonly #marts: string;
  readonly #limits: Limits | undefined;
  readonly #models: string | undefined;
  #open: Open | null = null;
  #opening: Promise<Open | null> | null = null;
  #isClosed: boolean = false;

  /** @param models of this program: a generation that others made is refused (OutdatedError). */
  constructor(marts: string, limits?: Limits, models?: string) {
    this.#marts = marts;
    this.#limits = limits;
    this.#models = models;
  }

  currentId(): string | null {
    return readPointer(this.#marts)?.generation ?? null;
  }

  /** Null when nothing is published. */
  async read<T>(use: (database: Database, pointer: Pointer) => Promise<T>): Promise<T | null> {
    const open = await this.#current();
    if (!open) return null;
    // A newer generation may have come between the opening and here: then this one is shut already.
    if (open.retired) return this.#isClosed ? null : this.read(use);
    open.readers++;
    try {
      return await use(open.database, open.pointer);
    } catch (error) {
      // Damage shows where it is read, not at the opening.
      throw UnusableError.of(error, generationPath(this.#marts, open.pointer.generation));
    } finally {
      open.readers--;
      if (open.retired && open.readers === 0) open.database.close();
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#retire();
  }

  async #current(): Promise<Open | null> {
    const pointer = readPointer(this.#marts);
    if (this.#open && pointer?.generation === this.#open.pointer.generation) return this.#open;
    // Several requests may see the new pointer at once; only one opens it.
    this.#opening ??= this.#swap().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #swap(): Promise<Open | null> {
    const pointer = readPointer(this.#marts);
    if (!pointer) {
      this.#retire();
      return null;
    }
    const database = await this.#openFile(pointer).catch((error: unknown) => {
      // Two publications later its file is gone: then the pointer says so.
      if (readPointer(this.#marts)?.generation === pointer.generation) throw error;
      return null;
    });
    if (database === null) return this.#swap();
    this.#retire();
    this.#open = { pointer, database, readers: 0, retired: false };
    if (this.#isClosed) this.#retire();
    return this.#open;
  }

  async #openFile(pointer: Pointer): Promise<Database> {
    const path = generationPath(this.#marts, pointer.generation);
    const file = basename(path);
    if (existsSync(`${path}.wal`)) {
      throw new UnusableError({
        zh: `${file} 旁边有日志文件（.wal），可能是别的文件的，不读`,
        en: `${file} has a write-ahead log beside it, which may be another file's, and is not read`,
      });
    }
    if (!existsSync(path)) throw goneError(path);
    const database = await Database.open(path, {
      readOnly: true,
      caged: true,
      remembered: REMEMBERED,
      limits: this.#limits,
      // Questions of a page run side by side; a second thread of each would wait more than it works.
      ...(this.#limits ? { threads: 1 } : {}),
    }).catch((error: unknown) => {
      throw UnusableError.of(error, path);
    });
    try {
      if (this.#models !== undefined) await assertCurrent(database, this.#models);
      const [about] = await database.all("select currency from report.about").catch(() => []);
      writeMoneyIn(String(about?.["currency"] ?? ""));
    } catch (error) {
      database.close();
      throw UnusableError.of(error, path);
    }
    createNumberFunctions(database);
    return database;
  }

  #retire(): void {
    const open = this.#open;
    this.#open = null;
    if (!open) return;
    open.retired = true;
    if (open.readers === 0) open.database.close();
  }
}
