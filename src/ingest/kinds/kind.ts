import type { Fact } from "../facts.ts";

/** How a cell of a canonical column is read. `list` = ids separated by `;`. */
export type CellType = "id" | "text" | "time" | "money" | "number" | "list" | "flag";

export interface FactSelect {
  fact: Fact;
  /** A row of this fact decides whether its record was accepted or is a duplicate; contacts never do. */
  decides: boolean;
  /**
   * SELECT over `checked` (records without an issue), the kind's `views`, `tables` and `keys(id, key)`: the fact's columns
   * plus `record` and `month_at` (TIMESTAMP), without `row_key`, `nth` and `source_format`, which the engine adds.
   */
  select: string;
  /** A name of `checked` means that column wherever the select reads it: what is the same in each row there is so here. */
  keepsNames?: true;
  /**
   * For a large fact with one row per record, what the engine must know of every row, without joins: SELECT of `record`
   * and `month_at` alone, SQL over `checked` of a number that two equal rows of a file share, and its column of ids that
   * make rows equal whatever else they say.
   */
  moments?: { select: string; alike: string; id?: string };
}

/** The canonical record of one kind of file, and the facts that come out of it. */
export interface KindSpec {
  columns: Readonly<Record<string, CellType>>;
  /** The time that must be plausible (2000 … tomorrow), and whether it must be there. */
  time?: { column: string; required: boolean; also?: readonly string[] };
  /** Of what lasts: written as a day, its end is that day's last second, and its begin lasts the day where no end is written. */
  lasts?: { from: string; to: string };
  /** Cells without which a record is rejected. */
  needs: readonly string[];
  /** Further reasons to reject: SQL over the canonical columns (times as TIMESTAMP). */
  rejects?: readonly { code: string; column: string; when: string }[];
  /** What is accepted and yet told with its line: SQL over the canonical columns. A column `warning` holds further codes. */
  warns?: readonly { code: string; column: string; when: string }[];
  /** Codes of damage that makes the whole file useless: nothing of it is kept. */
  refuses?: readonly string[];
  /**
   * Selects over `checked` that `tables` and facts share and that cost little to compute again, by name. Where it makes a
   * difference, from SQL of `record` and `part` of a table that is several exports.
   */
  views?: Readonly<Record<string, string | ((exports: string | undefined) => string)>>;
  /**
   * Selects over `checked` and the `views` that several facts share, by the name of the table they become. Where it makes a
   * difference, from SQL of the columns of `checked` that are the same in every row.
   */
  tables?: Readonly<Record<string, string | ((same: ReadonlyMap<string, string>) => string)>>;
  /** For kinds with far more rows than people: the table with the column `id`, and SQL of what is hashed for one. */
  keys?: { from: string; of: string };
  facts: readonly FactSelect[];
}

/** SQL: a separated text as a list of trimmed, non-empty ids; null stays null. @param separator SQL of the mark between them. */
export function listOf(expression: string, separator = "';'"): string {
  return `list_filter(list_transform(string_split(${expression}, ${separator}), lambda x: trim(x)), lambda x: x <> '')`;
}
