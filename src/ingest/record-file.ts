import { closeSync, openSync, writeSync } from "node:fs";
import type { ImportRecord } from "../kit/importer.ts";
import { literal, name } from "../warehouse/database.ts";

const FLUSH = 1 << 16;
/** Names hold every visible mark there is. */
const LIST = "\u001f";
const CELL = "\u0002";
const MARK = "\u0001";
/** What would end a cell or a line, and the letter that stands for it behind the mark. The mark itself comes last. */
const CODES = new Map([
  ["\n", "n"],
  ["\r", "r"],
  ["\0", "z"],
  [CELL, "s"],
  [MARK, "m"],
]);
/** An empty text is not the same as none. */
const EMPTY = `${MARK}e`;
const SPECIAL = new RegExp(`[${[...CODES.keys()].join("")}]`);
const EVERY_SPECIAL = new RegExp(SPECIAL, "g");
/** Characters of a cell. */
const MAX_CELL = 1 << 20;
/** Bytes of a line; a character takes three at most. The reader holds several pieces of the longest line's size, of a MiB at least. */
const MAX_LINE = 8 << 20;
const MIN_PIECE = 1 << 20;

const GO_ON = {};
const PAUSED = { paused: true };

type Kept = Exclude<ImportRecord, { kind: "issue" | "note" }>;

/**
 * Records as lines of a file in the scratch folder, from where DuckDB reads them in parallel: handing it each cell
 * takes four times as long, and a million records would lie in memory twice. A column is made when a record first
 * fills it: most formats fill a third of the canonical ones.
 */
export class RecordFile {
  readonly #path: string;
  readonly #file: number;
  readonly #known: ReadonlySet<string>;
  readonly #places = new Map<string, number>();
  readonly #marked = new Set<string>();
  #cells: string[] = [];
  #held = "";
  #longest = 0;
  #tooLong: string | undefined;

  /** @param path of a file that is not there yet. @param columns those that may be filled. */
  constructor(path: string, columns: readonly string[]) {
    this.#path = path;
    this.#known = new Set(columns);
    this.#file = openSync(path, "wx", 0o600);
  }

  /** @returns `refused`, the column that is too long to be kept; `paused` when others may want a turn. */
  add(one: Kept): { refused?: string; paused?: boolean } {
    if (one.kind === "row") {
      for (const column in one.values) this.#set(column, one.values[column]);
    } else {
      for (const column in one) {
        const value = one[column as keyof typeof one] as unknown;
        if (typeof value === "string") this.#set(column, value);
        else if (Array.isArray(value)) this.#set(column, value.join(LIST));
        else if (typeof value === "number") this.#set(column, String(value));
      }
      if (one.kind === "message" && one.isRecalled) {
        this.#set("event", "recall");
        this.#set("subjects", one.sender_id);
        this.#set("subject_names", one.sender_name);
        this.#set("target_id", one.message_id);
      }
    }
    const line = `${one.line}${CELL}${this.#cells.join(CELL)}\n`;
    this.#cells.fill("");
    const refused = this.#tooLong ?? (line.length * 3 > MAX_LINE ? "text" : undefined);
    this.#tooLong = undefined;
    if (refused !== undefined) return { refused };
    this.#longest = Math.max(this.#longest, line.length);
    this.#held += line;
    if (this.#held.length < FLUSH) return GO_ON;
    this.#flush();
    return PAUSED;
  }

  #set(column: string, value: string | null | undefined): void {
    if (value === null || value === undefined) return;
    let place = this.#places.get(column);
    if (place === undefined) {
      if (!this.#known.has(column)) return;
      place = this.#places.size;
      this.#places.set(column, place);
    }
    const isPlain = value !== "" && !SPECIAL.test(value);
    if (!isPlain) this.#marked.add(column);
    if (value.length > MAX_CELL) this.#tooLong = column;
    else this.#cells[place] = isPlain ? value : marked(value);
  }

  #flush(): void {
    writeSync(this.#file, this.#held);
    this.#held = "";
  }

  /** @returns the columns that any record filled. */
  close(): Set<string> {
    this.#flush();
    closeSync(this.#file);
    return new Set(this.#places.keys());
  }

  /** SQL of the records in their order: `line` (BIGINT) and the filled columns (VARCHAR). */
  rows(): string {
    const columns = [...this.#places.keys()];
    const types = ["line: 'BIGINT'", ...columns.map((column) => `${name(column)}: 'VARCHAR'`)];
    const cells = columns.map((column) =>
      this.#marked.has(column) ? `${unmarked(name(column))} as ${name(column)}` : name(column),
    );
    const piece = Math.max(MIN_PIECE, this.#longest * 3 + 1);
    return `select ${["line", ...cells].join(", ")}
      from read_csv(${literal(this.#path)}, auto_detect = false, header = false, delim = ${literal(CELL)}, quote = '', escape = '',
        new_line = '\\n', columns = {${types.join(", ")}}, null_padding = true, strict_mode = false,
        max_line_size = ${piece}, buffer_size = ${piece})`;
  }
}

function marked(value: string): string {
  return value === "" ? EMPTY : value.replace(EVERY_SPECIAL, (one) => `${MARK}${CODES.get(one)}`);
}

function unmarked(cell: string): string {
  const replaced = [...CODES].reduce(
    (sql, [one, letter]) => `replace(${sql}, chr(1) || ${literal(letter)}, chr(${one.charCodeAt(0)}))`,
    cell,
  );
  return `case when ${cell} = chr(1) || 'e' then '' when contains(${cell}, chr(1)) then ${replaced} else ${cell} end`;
}
