import type { Member } from "./archive.ts";

/** Characters that a piece of XML for one merged range may take. */
const LONGEST = 200;
const MOST = 500_000;
/** An amount that stands once for several rows must not be counted once for each. */
const AMOUNT = /^[-+¥￥$€£]*\s*[\d,]{1,9}(?:\.\d+)?(?:\s*元)?$/;

/** What a column is called whose numbers are no amounts but days, hours or somebody's: each row has them. */
const KEYED =
  /(?:[号時时]|编号|账户|帐户|ID|[时時][间間]|日期|天|手机|电话|date|time|day|phone|mobile|no)\.?\s*(?:[（(][^()（）]*[)）])?$|_(?:at|id|key)$/i;
/** A title and two rows of names may stand above. */
const NAMES_WITHIN = 10;

/** The names of a table's columns, as far as its first rows show them: a number ends them. */
export class ColumnNames {
  readonly #keyed = new Set<number>();
  readonly #ended = new Set<number>();
  #rows = 0;

  see(cells: readonly string[]): void {
    if (this.#rows++ >= NAMES_WITHIN) return;
    for (const [column, cell] of cells.entries()) {
      if (cell === "" || this.#ended.has(column)) continue;
      if (/\d$/.test(cell.trim())) this.#ended.add(column);
      else if (KEYED.test(cell.trim())) this.#keyed.add(column);
    }
  }

  /** Whether what stands once for several rows is said of each. */
  carriesOn(column: number, value: string): boolean {
    return column === 0 || this.#keyed.has(column) || !AMOUNT.test(value.trim());
  }
}

interface Range {
  column: number;
  first: number;
  last: number;
}

/**
 * Cells of a sheet that are merged downwards, as exports show what belongs to several rows: an order over the rows of
 * its goods. What the top cell says is said in the rows below, but for amounts outside of the first column, which holds the
 * key. A row with nothing of its own stays empty.
 */
export class MergedCells {
  readonly #coming: Range[];
  /** By column: ranges that lie over one another are no workbook's, and would cost each row all of them. */
  readonly #open = new Map<number, Range & { value: string }>();
  readonly #names = new ColumnNames();

  private constructor(ranges: readonly Range[]) {
    this.#coming = ranges.toSorted((a, b) => b.first - a.first);
  }

  /** They stand behind all rows, so the sheet is read once more before. */
  static async of(member: Member): Promise<MergedCells> {
    const decoder = new TextDecoder();
    const ranges: Range[] = [];
    let rest = "";
    for await (const chunk of await member.open()) {
      const text = rest + decoder.decode(chunk as Buffer, { stream: true });
      let end = 0;
      const found = text.matchAll(
        /<(?:\w+:)?mergeCell\s[^>]*?\bref=["']([A-Z]{1,3})(\d+):[A-Z]{1,3}(\d+)["']/g,
      );
      for (const { 0: xml, 1: letters = "", 2: first, 3: last, index } of found) {
        end = index + xml.length;
        if (first === last || ranges.length === MOST) continue;
        ranges.push({ column: columnNumber(letters), first: Number(first), last: Number(last) });
      }
      rest = text.slice(Math.max(end, text.length - LONGEST));
    }
    return new MergedCells(ranges);
  }

  /** Fills the cells of a row, in place. Rows come in their order. */
  fill(row: number, cells: string[]): void {
    this.#names.see(cells);
    for (let next = this.#coming.at(-1); next && next.first <= row; next = this.#coming.at(-1)) {
      this.#coming.pop();
      const value = next.first === row ? (cells[next.column] ?? "") : "";
      if (value !== "" && this.#names.carriesOn(next.column, value))
        this.#open.set(next.column, { ...next, value });
    }
    for (const { column, last } of this.#open.values()) if (last < row) this.#open.delete(column);
    if (this.#open.size === 0 || cells.every((cell) => cell === "")) return;
    for (const { column, first, value } of this.#open.values()) {
      if (first === row || (cells[column] ?? "") !== "") continue;
      while (cells.length < column) cells.push("");
      cells[column] = value;
    }
  }
}

export function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
