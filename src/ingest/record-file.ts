import { closeSync, openSync, writeSync } from "node:fs";
import type { ImportRecord } from "../kit/importer.ts";
import { literal, name } from "../warehouse/database.ts";

/** Bytes that are written at once. */
const FLUSH = 1 << 18;
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
/** No value, where an empty cell stands for the first record's. */
const NONE = `${MARK}0`;
/** Characters of a first record's value that others may share. */
const MAX_USUAL = 200;
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
 * fills it: most formats fill a third of the canonical ones. What the first record says is left out where others say the
 * same: a log is of one group.
 */
export class RecordFile {
  readonly #path: string;
  readonly #file: number;
  readonly #known: ReadonlySet<string>;
  readonly #places = new Map<string, number>();
  readonly #marked = new Set<string>();
  /** By place: what an empty cell stands for. */
  readonly #usual: (string | null)[] = [];
  /** Places where a record says something else. */
  readonly #varied = new Set<number>();
  /** Cells of a record that says nothing. */
  readonly #blank: string[] = [];
  #cells: string[] = [];
  #records = 0;
  readonly #bytes = Buffer.allocUnsafe(FLUSH);
  #held = 0;
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
    for (let place = 0; place < this.#blank.length; place++) {
      const blank = this.#blank[place] ?? "";
      if (blank === NONE && this.#cells[place] === NONE) this.#varied.add(place);
      this.#cells[place] = blank;
    }
    this.#records++;
    const refused = this.#tooLong ?? (line.length * 3 > MAX_LINE ? "text" : undefined);
    this.#tooLong = undefined;
    if (refused !== undefined) return { refused };
    this.#longest = Math.max(this.#longest, line.length);
    const isFull = this.#held + line.length * 3 > FLUSH;
    if (isFull) this.#flush();
    if (line.length * 3 > FLUSH) writeSync(this.#file, line);
    else this.#held += this.#bytes.write(line, this.#held, "utf8");
    return isFull ? PAUSED : GO_ON;
  }

  #set(column: string, value: string | null | undefined): void {
    if (value === null || value === undefined) return;
    let place = this.#places.get(column);
    if (place === undefined) {
      if (!this.#known.has(column)) return;
      place = this.#places.size;
      this.#places.set(column, place);
      const isUsual = this.#records === 0 && value.length < MAX_USUAL && value !== "" && !SPECIAL.test(value);
      this.#usual[place] = isUsual ? value : null;
      this.#blank[place] = isUsual ? NONE : "";
    }
    if (value === this.#usual[place]) {
      this.#cells[place] = "";
      return;
    }
    this.#varied.add(place);
    const isPlain = value !== "" && !SPECIAL.test(value);
    if (!isPlain) this.#marked.add(column);
    if (value.length > MAX_CELL) this.#tooLong = column;
    else this.#cells[place] = isPlain ? value : marked(value);
  }

  #flush(): void {
    writeSync(this.#file, this.#bytes, 0, this.#held);
    this.#held = 0;
  }

  /** @returns the columns that any record filled. */
  close(): Set<string> {
    this.#flush();
    closeSync(this.#file);
    return new Set(this.#places.keys());
  }

  /** SQL of the columns that are the same in every record. */
  fixed(): Map<string, string> {
    const all = [...this.#places].map(([column, place]) => [column, this.#usual[place], place] as const);
    return new Map(
      all.flatMap(([column, usual, place]) =>
        typeof usual === "string" && !this.#varied.has(place)
          ? [[column, `${literal(usual)}::varchar`] as const]
          : [],
      ),
    );
  }

  /** SQL of the records in their order: `line` (BIGINT) and the filled columns (VARCHAR). */
  rows(): string {
    const columns = [...this.#places.keys()];
    const types = ["line: 'BIGINT'", ...columns.map((column) => `${name(column)}: 'VARCHAR'`)];
    const fixed = this.fixed();
    const cells = [...this.#places].map(([column, place]) => {
      const cell = fixed.get(column) ?? this.#cellOf(column, this.#usual[place] ?? null);
      return cell === name(column) ? cell : `${cell} as ${name(column)}`;
    });
    const piece = Math.max(MIN_PIECE, this.#longest * 3 + 1);
    return `select ${["line", ...cells].join(", ")}
      from read_csv(${literal(this.#path)}, auto_detect = false, header = false, delim = ${literal(CELL)}, quote = '', escape = '',
        new_line = '\\n', columns = {${types.join(", ")}}, null_padding = true, strict_mode = false,
        max_line_size = ${piece}, buffer_size = ${piece})`;
  }

  #cellOf(column: string, usual: string | null): string {
    const cell = name(column);
    const read = this.#marked.has(column) ? unmarked(cell) : cell;
    return usual === null
      ? read
      : `case when ${cell} is null then ${literal(usual)} when ${cell} = chr(1) || '0' then null else ${read} end`;
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
