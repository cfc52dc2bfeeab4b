import { appendFileSync } from "node:fs";
import { quoted } from "../kit/csv-cell.ts";
import { ColumnNames } from "./merged-cells.ts";
import type { Shift } from "./sheets.ts";
import { MOST_COLUMNS, refuseWide, tooLarge } from "./width.ts";

/** A row of more characters is one line of a file of commas, so that a reader that passes over it passes over all of it. */
const LONG = 1 << 20;
const PIECE = 1 << 20;
/** Rows of one cell may go down as far as a sheet does, and not further. */
const MOST_ROWS = 65_534;
/** Cells of a row that is a header: a title has fewer. */
const FEWEST = 3;

export interface GridCell {
  text: string;
  /** Columns and rows that it takes. */
  across: number;
  down: number;
}

/** What may be written to disk of one file, shared by its tables: a small file may say a great many cells. */
export interface Purse {
  room: number;
}

/** A table that comes cell by cell, written as CSV: cells that go over several rows are said in each, as in a workbook. */
export class Grid {
  readonly path: string;
  readonly places: Shift[] = [];
  name: string;
  isHidden = false;
  /** Filled ones. */
  cells = 0;
  width = 0;
  /** Columns of its widest row, empty ones at the end too. */
  columns = 0;
  /** Rows that were written. */
  rows = 0;
  /** The first row that has a cell, as a text. */
  first: string | undefined;
  /** The first row with several cells. */
  header: string | undefined;
  #purse: Purse;
  #written = "";
  #line = 1;
  #row: string[] = [];
  #own = 0;
  #at = 0;
  readonly #names = new ColumnNames();
  readonly #down = new Map<number, { until: number; value: string }>();

  constructor(path: string, name: string, purse: Purse) {
    this.path = path;
    this.name = name;
    this.#purse = purse;
  }

  /** @param at where the cell says that it stands, from 0; elsewhere the next that is free. */
  add({ text, across, down }: GridCell, at?: number): void {
    let column = at ?? this.#at;
    const next = this.rows + 1;
    if (at === undefined) while ((this.#down.get(column)?.until ?? 0) >= next) column++;
    this.#at = column + across;
    if (down > 1)
      for (let of = column; of < Math.min(this.#at, MOST_COLUMNS); of++) {
        const value = of === column && this.#names.carriesOn(column, text) ? text : "";
        this.#down.set(of, { until: this.rows + Math.min(down, MOST_ROWS), value });
      }
    if (text === "") return;
    refuseWide(column + 1);
    this.#own++;
    while (this.#row.length < column) this.#row.push("");
    this.#row[column] = text;
  }

  /** @param row its number, where it says one. */
  beginRow(row: number): void {
    if (row > this.rows) this.rows = row - 1;
  }

  /**
   * Whether the row that has begun in another table is one more row of this, which goes on there, or its header once
   * more. Exports put each page into a table of its own.
   */
  goesOn(other: Grid): "header" | "row" | undefined {
    if (this.header === undefined || other.cells > 0 || other.#own === 0) return undefined;
    if (JSON.stringify(other.#row) === this.header) return "header";
    const isData = other.#row.some((cell) => /^\W{0,3}\d/.test(cell));
    return isData && other.#at === this.columns ? "row" : undefined;
  }

  /** Takes the row that has begun in another table for its own. */
  take(other: Grid): void {
    this.#row = other.#row;
    this.#own = other.#own;
    this.#at = other.#at;
    for (const [column, { until, value }] of other.#down)
      this.#down.set(column, { until: until - other.rows + this.rows, value });
  }

  /** Leaves the row that has begun out. */
  drop(): void {
    this.#row = [];
    this.#own = 0;
    this.#at = 0;
  }

  endRow(): void {
    const row = this.rows + 1;
    const cells = this.#row;
    this.#names.see(cells);
    const own = this.#own;
    this.columns = Math.max(this.columns, this.#at);
    this.drop();
    const last = this.places.at(-1);
    if ((last ? last.row - last.line : 0) !== row - this.#line) this.places.push({ line: this.#line, row });
    this.rows = row;
    // A row with nothing of its own stays empty.
    if (own === 0) {
      this.#write("", 1);
      return;
    }
    for (const [column, { until, value }] of this.#down) {
      if (until < row) this.#down.delete(column);
      else if (value !== "" && (cells[column] ?? "") === "") {
        while (cells.length < column) cells.push("");
        cells[column] = value;
      }
    }
    this.cells += own;
    this.first ??= cells.filter((cell) => cell !== "").join(" ");
    if (own >= FEWEST) this.header ??= JSON.stringify(cells);
    this.width = Math.max(this.width, cells.length);
    const isLong = cells.reduce((sum, cell) => sum + cell.length, 0) > LONG;
    const written = cells.map((cell) => quoted(isLong ? cell.replace(/[\r\n]+/g, " ") : cell));
    const line = written.join(",") + ",".repeat(this.width - cells.length);
    this.#write(line, 1 + (line.match(/\r\n|\r|\n/g)?.length ?? 0));
  }

  #write(line: string, lines: number): void {
    this.#purse.room -= line.length + 1;
    if (this.#purse.room < 0) throw tooLarge();
    this.#line += lines;
    this.#written += `${line}\n`;
    if (this.#written.length > PIECE) this.flush();
  }

  flush(): void {
    appendFileSync(this.path, this.#written, { mode: 0o600 });
    this.#written = "";
  }
}
