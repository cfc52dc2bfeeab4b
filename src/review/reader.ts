import { existsSync } from "node:fs";
import { Database } from "../warehouse/database.ts";
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
  #open: Open | null = null;
  #opening: Promise<Open | null> | null = null;

  constructor(marts: string) {
    this.#marts = marts;
  }

  currentId(): string | null {
    return readPointer(this.#marts)?.generation ?? null;
  }

  /** Null when nothing is published. */
  async read<T>(use: (database: Database, pointer: Pointer) => Promise<T>): Promise<T | null> {
    const open = await this.#current();
    if (!open) return null;
    open.readers++;
    try {
      return await use(open.database, open.pointer);
    } finally {
      open.readers--;
      if (open.retired && open.readers === 0) open.database.close();
    }
  }

  close(): void {
    if (this.#open) retire(this.#open);
    this.#open = null;
  }

  async #current(): Promise<Open | null> {
    const pointer = readPointer(this.#marts);
    if (this.#open && pointer?.generation === this.#open.pointer.generation) return this.#open;
    // Several requests may see the new pointer at once; only one opens it.
    this.#opening ??= this.#swap(pointer).finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #swap(pointer: Pointer | null): Promise<Open | null> {
    if (!pointer) {
      this.close();
      return null;
    }
    const path = generationPath(this.#marts, pointer.generation);
    if (existsSync(`${path}.wal`))
      throw new Error("the published generation has a write-ahead log beside it");
    const database = await Database.open(path, {
      readOnly: true,
      caged: true,
      remembered: REMEMBERED,
    });
    const old = this.#open;
    this.#open = { pointer, database, readers: 0, retired: false };
    if (old) retire(old);
    return this.#open;
  }
}

function retire(open: Open): void {
  open.retired = true;
  if (open.readers === 0) open.database.close();
}
