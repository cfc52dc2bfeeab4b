import { hasColumns, hasOwnColumns } from "./evidence.ts";
import type { ColumnName, ColumnsImporter, Importer, Kind } from "./importer.ts";
import { same, type Text } from "./say.ts";

export interface ColumnsSpec {
  id: string;
  title: Text | string;
  kind: Kind;
  columns: Readonly<Record<string, ColumnName>>;
  /** Canonical columns without which the file is another one. Default: those the kind cannot do without. */
  required?: readonly string[] | undefined;
  values?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  /** Short for `values.status`. */
  status?: Readonly<Record<string, string>> | undefined;
  otherwise?: Readonly<Record<string, string>> | undefined;
  nulls?: readonly string[] | undefined;
  derive?: Readonly<Record<string, string>> | undefined;
  defaults?: Readonly<Record<string, string>> | undefined;
  /** For our own tables: columns that no name takes are kept, and rows may come as JSON objects. */
  keepExtra?: boolean | undefined;
  idPrefix?: string | undefined;
  encoding?: Importer["encoding"];
  notice?: Importer["notice"];
  /** Header names beside the required ones by which the file is known. */
  marks?: readonly ColumnName[] | undefined;
  /** Column → the cells of the rows that matter; the others are left out: a settlement lists fees, too. */
  only?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Rows of names: 2 where a second one follows the header. */
  headerRows?: number | undefined;
  /** The export writes 2026-11-16: a 2026/11/16 shows that a spreadsheet program saved it anew. */
  dashedDates?: boolean | undefined;
  /** Canonical columns that somebody's own map names: a file without one of them is told of. */
  mapped?: readonly string[] | undefined;
}

/** Any of these will do where the file need not have the first: an order has a time, paid or placed; a member or a sender may have a name alone. */
const ONE_OF: Readonly<Record<string, readonly string[]>> = {
  paid_at: ["paid_at", "created_at"],
  amount: ["amount", "item_amount"],
  member_id: ["member_id", "name"],
  sender_id: ["sender_id", "sender_name"],
};

/** What a table of each kind cannot do without. */
export const REQUIRED: Readonly<Record<Kind, readonly string[]>> = {
  chat: ["group_id", "sender_id", "sent_at", "text"],
  member: ["group_id", "member_id"],
  order: ["order_id", "paid_at", "amount"],
  order_line: ["order_id", "paid_at", "amount"],
  order_item: ["order_id", "title", "quantity"],
  refund: ["order_id", "amount"],
  survey: ["respondent_id", "submitted_at", "question", "answer"],
  calendar: ["starts_at", "type", "title"],
  contact: ["person_id", "name"],
  group_stats: ["day", "name", "value"],
  plan: [],
};

/**
 * A table whose columns only have other names than ours. `matches` follows from the names of the required
 * columns; every cell is trimmed and typed by its canonical column.
 */
export function columns(spec: ColumnsSpec): ColumnsImporter {
  // What the map itself says of every row, the file need not say.
  const isSaid = (column: string) => column in { ...spec.derive, ...spec.defaults };
  const required =
    spec.required ?? REQUIRED[spec.kind].filter((column) => column in spec.columns || !isSaid(column));
  const anyOf = (name: string) => {
    const names = spec.required ? [name] : (ONE_OF[name] ?? [name]);
    const found = names.flatMap((one) => spec.columns[one] ?? []);
    return found.length > 0 ? found : name;
  };
  const sought = [...required.map(anyOf), ...(spec.marks ?? [])];
  const wanted = sought.length > 0 ? sought : Object.values(spec.columns);
  return {
    form: "columns",
    id: spec.id,
    title: typeof spec.title === "string" ? same(spec.title) : spec.title,
    kind: spec.kind,
    matches: (head) => (spec.keepExtra ? hasOwnColumns : hasColumns)(head, wanted),
    columns: spec.columns,
    required,
    values: { ...spec.values, ...(spec.status ? { status: spec.status } : {}) },
    otherwise: spec.otherwise ?? {},
    // The zero date is what a MySQL load makes of an empty one.
    nulls: spec.nulls ?? ["", "-", "——", "\\N", "N/A", "NA", "0000-00-00", "0000-00-00 00:00:00"],
    derive: spec.derive ?? {},
    // A chat table without a kind of message holds texts.
    defaults: spec.defaults ?? (spec.kind === "chat" ? { type: "text" } : {}),
    keepExtra: spec.keepExtra ?? false,
    only: spec.only ?? {},
    headerRows: spec.headerRows ?? 1,
    dashedDates: spec.dashedDates ?? false,
    ...(spec.idPrefix ? { idPrefix: spec.idPrefix } : {}),
    ...(spec.encoding ? { encoding: spec.encoding } : {}),
    ...(spec.notice ? { notice: spec.notice } : {}),
    ...(spec.mapped ? { mapped: spec.mapped } : {}),
  };
}

/** Known by the names of its columns alone: a guess, which gives way to every format that is known. */
export function guessed(wanted: readonly ColumnName[], spec: ColumnsSpec): ColumnsImporter {
  return { ...columns(spec), matches: (head) => ({ ...hasColumns(head, wanted), isFallback: true }) };
}
