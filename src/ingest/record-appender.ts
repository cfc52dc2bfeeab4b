import type { ImportRecord } from "../kit/importer.ts";
import { TableAppender } from "../warehouse/append.ts";
import { type Database, name } from "../warehouse/database.ts";

const CHUNK_ROWS = 2048;
/** Names hold every visible mark there is. */
const SEPARATOR = "\u001f";

type Kept = Exclude<ImportRecord, { kind: "issue" | "note" }>;

/**
 * Records as text in the table `appended (line, …)`. A column is made when a record first fills it: most formats fill
 * a third of the canonical ones. Cells are kept by column in arrays that are used again, so that a million records
 * leave nothing behind for the garbage collector.
 */
export class RecordAppender {
  readonly #database: Database;
  readonly #known: ReadonlySet<string>;
  readonly #cells = new Map<string, (string | null)[]>();
  readonly #lines: bigint[] = new Array<bigint>(CHUNK_ROWS);
  #made = 0;
  #rows = 0;
  #appender: TableAppender | undefined;

  private constructor(database: Database, known: readonly string[]) {
    this.#database = database;
    this.#known = new Set(known);
  }

  static async create(database: Database, columns: readonly string[]): Promise<RecordAppender> {
    await database.run("create table appended (line BIGINT)");
    return new RecordAppender(database, columns);
  }

  /** @returns whether `flush` must be called before the next record. */
  add(one: Kept): boolean {
    this.#lines[this.#rows] = BigInt(one.line);
    if (one.kind === "row") {
      for (const column in one.values) this.#set(column, one.values[column]);
    } else {
      for (const column in one) {
        const value = one[column as keyof typeof one] as unknown;
        if (typeof value === "string") this.#set(column, value);
        else if (Array.isArray(value)) this.#set(column, value.join(SEPARATOR));
        else if (typeof value === "number") this.#set(column, String(value));
      }
      if (one.kind === "message" && one.isRecalled) {
        this.#set("event", "recall");
        this.#set("subjects", one.sender_id);
        this.#set("subject_names", one.sender_name);
        this.#set("target_id", one.message_id);
      }
    }
    return ++this.#rows === CHUNK_ROWS;
  }

  #set(column: string, value: string | null | undefined): void {
    if (value === null || value === undefined || !this.#known.has(column)) return;
    let cells = this.#cells.get(column);
    if (cells === undefined) {
      cells = new Array<string | null>(CHUNK_ROWS).fill(null);
      this.#cells.set(column, cells);
    }
    cells[this.#rows] = value;
  }

  async flush(): Promise<void> {
    if (this.#rows === 0) return;
    if (this.#cells.size > this.#made || !this.#appender) {
      this.#appender?.close();
      for (const column of [...this.#cells.keys()].slice(this.#made))
        await this.#database.run(`alter table appended add column ${name(column)} VARCHAR`);
      this.#made = this.#cells.size;
      this.#appender = await TableAppender.open(this.#database, "appended");
    }
    this.#appender.addColumns([this.#lines, ...this.#cells.values()], this.#rows);
    for (const cells of this.#cells.values()) cells.fill(null);
    this.#rows = 0;
  }

  /** @returns the columns that any record filled. */
  async close(): Promise<Set<string>> {
    await this.flush();
    this.#appender?.close();
    return new Set(this.#cells.keys());
  }
}
