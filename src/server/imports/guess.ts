import { KINDS } from "../../ingest/kinds/index.ts";
import { REQUIRED } from "../../kit/columns.ts";
import { canonicalHeader } from "../../kit/evidence.ts";
import type { ColumnsImporter, Importer, Kind } from "../../kit/importer.ts";
import { ORDER_BOOK } from "../../kit/order-words.ts";

/** Kinds that a table is guessed to be, the likeliest first where a header says nothing. */
const GUESSED = ["order", "member", "chat", "survey", "calendar", "contact"] as const;
/** Kinds that it can be mapped to. Whether a row is an order or one of its goods no header says. */
export const MAPPABLE = ["order", "order_line", ...GUESSED.slice(1)] as const;

type Columns = Record<string, string>;
type Wanted = Pick<ColumnsImporter, "columns">;

/** Lists of orders that people keep call their columns as no shop's export does. */
const { items, title, amount, ...book } = ORDER_BOOK;
/** The only day of a table that has money is that of the order. */
const DAY = { columns: { paid_at: ["日期", "时间", "Date"] } };
const BY_HAND: Partial<Record<Kind, Wanted>> = {
  order: { columns: ORDER_BOOK },
  order_line: { columns: { ...book, title: [...items, ...title], item_amount: amount } },
};

/** By the kind that it would be of, the name in the header of each column under names that any column map knows. */
export function guessesOf(
  header: readonly string[],
  importers: readonly Importer[],
): Partial<Record<Kind, Columns>> {
  const guess = (kind: Kind): Columns => {
    const known = importers.filter((one) => one.form === "columns" && one.kind === kind) as Wanted[];
    const columns: Columns = {};
    // Maps also name columns from which they derive others.
    for (const one of [BY_HAND[kind] ?? [], known].flat())
      for (const [column, name] of Object.entries(found(one, header)))
        if (column in KINDS[kind].columns && !Object.values(columns).includes(name)) columns[column] ??= name;
    const isSold = kind in BY_HAND && ("amount" in columns || "item_amount" in columns);
    const day = isSold ? found(DAY, header)["paid_at"] : undefined;
    if (day !== undefined && !Object.values(columns).includes(day)) columns["paid_at"] ??= day;
    return columns;
  };
  return Object.fromEntries(MAPPABLE.map((kind) => [kind, guess(kind)]));
}

/** The kind of which most required columns are found. */
export function likeliest(guesses: Partial<Record<Kind, Columns>>): Kind {
  const score = (kind: Kind) => {
    const columns = guesses[kind] ?? {};
    const required = REQUIRED[kind].filter((column) => column in columns).length;
    return required / REQUIRED[kind].length + Object.keys(columns).length / 100;
  };
  return GUESSED.reduce<Kind>((best, kind) => (score(kind) > score(best) ? kind : best), GUESSED[0]);
}

export function found(importer: Wanted, header: readonly string[]): Columns {
  const names = new Map(header.map((name) => [canonicalHeader(name), name]));
  const hits: Columns = {};
  for (const [column, wanted] of Object.entries(importer.columns)) {
    for (const alias of typeof wanted === "string" ? [wanted] : wanted) {
      const name = names.get(canonicalHeader(alias));
      if (name !== undefined) hits[column] ??= name;
    }
  }
  return hits;
}
