import type { Text } from "./say.ts";

/**
 * What a file's rows are. Each kind has one canonical record shape (src/ingest/kinds). A row of an `order` file is an
 * order, of an `order_line` file one of its goods with the order's own columns beside it, of an `order_item` file one
 * of its goods alone, of a `refund` file money that went back.
 */
export const KIND_NAMES = [
  "chat",
  "member",
  "order",
  "order_line",
  "order_item",
  "refund",
  "survey",
  "calendar",
  "contact",
  "group_stats",
  "plan",
] as const;
export type Kind = (typeof KIND_NAMES)[number];

/** What an importer may look at to recognise a file: never more than the first 64 KiB, decoded. */
export interface Head {
  /** File name without folders. */
  name: string;
  text: string;
  /** First records of a delimited table, cells trimmed; empty when the text is no table. */
  rows: readonly (readonly string[])[];
  delimiter: string;
  /** First JSON value of the file (an array's first element for arrays), undefined when it is no JSON. */
  json: unknown;
  /** Keys of the flat JSON objects in the head: what would be the header were they rows of a table. */
  keys: readonly string[];
  /** Names of an archive's or a folder's entries; empty for a plain file. */
  entries: readonly string[];
}

/** Why a file is, or is not, of a format. It matches when nothing is missing. */
export interface Evidence {
  found: readonly string[];
  missing: readonly string[];
  /** Line (from 0) of the table's header, for tables. */
  headerRow?: number;
  /** A guess that gives way to any importer that knows the file's own marks. */
  isFallback?: boolean;
  /** The file is known and can't be used: why, and what to export instead. */
  refusal?: Text;
}

/** What the user said on the command line, and what the workspace knows. Times as stated, no zone. */
export interface ReadOptions {
  /** `--group`, else undefined. */
  group: string | undefined;
  /** File name without folder and extension. */
  stem: string;
  /** When the export was made, from `--as-of` or the file's name: ISO 8601. */
  asOf: string | undefined;
  /** The exporting account's own id (`self` in fupan.yaml). */
  self: string | undefined;
  /** `--date-order`: how the file writes its dates, where the file itself leaves it open. */
  dateOrder: DateOrder | undefined;
  /** `--date`: the day of a log without dates, `2026-11-16`, or the year of one without years, `2026`. */
  date: string | undefined;
  isMended?: boolean; // rejected records that come back: not all that the file says it holds
}

export const DATE_ORDERS = ["ymd", "dmy", "mdy"] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** What the user should know of how the file was read, such as a date order that was inferred. */
export interface Note {
  kind: "note";
  text: Text;
}

/** A record that could not be read: kept, counted and shown with its place, never thrown. */
export interface Issue {
  kind: "issue";
  line: number;
  column: string | null;
  code: string;
  sample: string;
}

export interface Message {
  kind: "message";
  line: number;
  group_id: string | null;
  group_name?: string | null;
  message_id: string | null;
  sender_id: string | null;
  sender_name: string | null;
  sender_role?: string | null;
  /** As the file states it: `2026-11-16T20:03:11`, with an offset only if the file has one. */
  sent_at: string;
  /** text, image, voice, …, system (chat-formats.md 3.5). */
  type: string;
  text: string;
  reply_to?: string | null;
  mentions?: readonly string[];
  /** It was recalled later and its text is still here: a recall event comes with it. */
  isRecalled?: boolean;
}

/** A notice that says something of members or of an earlier message; `subjects` are ids, `subject_names` names. */
export interface MemberEvent {
  kind: "event";
  line: number;
  group_id: string | null;
  group_name?: string | null;
  sent_at: string;
  event: string;
  subjects: readonly string[];
  subject_names?: readonly string[];
  sender_id?: string | null; // the one it is about, where the export says its role: an employee or a bot
  sender_role?: string | null;
  actor_id?: string | null;
  /** Who did it, where the notice has names only. */
  actor_name?: string | null;
  method?: string | null;
  target_id?: string | null; // the message that was recalled or pinned
  detail?: string | null;
  text?: string | null;
  confidence?: number;
  message_id?: string | null;
}

/** A row of a list (members, orders, …) in the canonical columns of its kind, all as text. */
export interface ListRow {
  kind: "row";
  line: number;
  values: Readonly<Record<string, string | null>>;
}

export type ImportRecord = Message | MemberEvent | ListRow | Issue | Note;

export interface Line {
  /** From 1. */
  no: number;
  text: string;
}

interface Common {
  /** Also the name of the fixture folder and the value of `--as`. */
  id: string;
  title: Text;
  kind: Kind;
  matches: (head: Head) => Evidence;
  /** Ids of this platform are numbers that could collide with another's: `qq:123`. */
  idPrefix?: string;
  /** What the file is written in where it is no UTF-8; GB18030 for undefined. The head is ASCII, whatever it was read as. */
  encoding?: (head: Head) => "windows-1252" | "shift_jis" | undefined;
  /** Of tables: reads a system notice (`type` = system); undefined when it tells nothing of members or messages. */
  notice?: (text: string) => Notice | undefined;
  /** For exports that are a folder of files: whether these names (`a.json`, `sub/`) are one. An archive is looked at in any case. */
  folder?: (names: readonly string[]) => boolean;
}

/** Keys of a JSON object and their DuckDB types; VARCHAR takes any scalar as it is written. */
export interface JsonShape {
  readonly [key: string]: JsonType;
}
export type JsonType = string | JsonShape | readonly [JsonType];

/** A table that DuckDB reads: a SELECT over `source` (its columns plus `record`) and the one-row `options`. */
export interface TableImporter extends Common {
  form: "table";
  /** `csv`: header names that the select uses, `json`: keys of JSON lines or of an array, each with its DuckDB type. */
  reader: { csv: { columns: Record<string, string> } } | { json: JsonShape };
  select: string;
}

/** What a notice says. Names, where the notice has no ids. */
export interface Notice {
  event: string;
  subjects?: readonly string[];
  subjectNames?: readonly string[];
  /** It is about the exporting account, alone or before the others: that has no name in its own log. */
  isSelf?: boolean;
  actorName?: string;
  actorId?: string; // where the notice says it beside the name
  method?: string;
  detail?: string;
  confidence?: number;
  targetId?: string;
}

/** A text log: a reader of lines that yields records. */
export interface TextImporter<Seen = unknown> extends Common {
  form: "text";
  /** What ends a line. QQ bodies hold lone CR and LF, so only CRLF ends a record there. */
  separator: "any" | "crlf";
  /** A line on which those below it depend, up to the next such: the day, the chat. */
  carries?: RegExp;
  /** A first pass, for what only the whole file settles: the order of dates, the names. @throws UserError to ask. */
  scan?(lines: Iterable<Line>, options: ReadOptions): Seen;
  read(lines: Iterable<Line>, options: ReadOptions, seen: Seen): Iterable<ImportRecord>;
}

/** A small document (JSON, XML, YAML) that is read whole, 64 MiB at most. */
export interface DocumentImporter extends Common {
  form: "document";
  read: (text: string, options: ReadOptions) => Iterable<ImportRecord>;
}

/** A record of a table that is read whole: the line it begins in, and its cells by place, trimmed; null for an empty one. */
export interface TableRow {
  line: number;
  cells: readonly (string | null)[];
}

/** A small table whose columns say something themselves, such as a question each: its rows become records in code. */
export interface RowsImporter extends Common {
  form: "rows";
  read: (header: readonly string[], rows: Iterable<TableRow>, options: ReadOptions) => Iterable<ImportRecord>;
}

/** A value of a JSON document or a line of JSON lines. */
export interface JsonItem {
  value: unknown;
  /** Keys and numbers from the root; for lines the number of the line, from 0. */
  path: readonly (string | number)[];
  /** From 1. */
  line: number;
}

/**
 * A JSON document of any size: its messages come one by one, and `rest` is all that stands beside them, wherever in
 * the file. An archive or a folder comes as lines `{entry, value}`, one per JSON file or line of a JSONL file.
 */
export interface ItemsImporter extends Common {
  form: "items";
  /** Paths of the values to hand over, such as `messages.*` or `chats.list.*.messages.*`; `lines` for JSON lines. */
  items: readonly string[] | "lines";
  /** Lines that are handed over first, as the array `rest`, such as lists of persons; the others are the items. */
  heads?: RegExp;
  read: (items: Iterable<JsonItem>, rest: unknown, options: ReadOptions) => Iterable<ImportRecord>;
}

/** One declared column of a map: a header name, or several names of which exactly one must be there. */
export type ColumnName = string | readonly string[];

/** A table whose columns only have other names than ours: no code (see columns.ts). */
export interface ColumnsImporter extends Common {
  form: "columns";
  columns: Readonly<Record<string, ColumnName>>;
  required: readonly string[];
  /** Value maps per canonical column: `{ status: { 交易完成: "completed" } }`. Unmapped values become null with an issue `unknown_value`. */
  values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Canonical column → what a filled cell stands for that `values` does not know. */
  otherwise: Readonly<Record<string, string>>;
  /** Cells that mean "nothing": beside the empty one. */
  nulls: readonly string[];
  /** Canonical column → SQL over other canonical columns, for what no single column says. */
  derive: Readonly<Record<string, string>>;
  /** Canonical column → value where the file has none: an empty cell or no such column. */
  defaults: Readonly<Record<string, string>>;
  /** Columns that no name takes go to `extra`. Only for our own tables: a platform's may hold addresses. */
  keepExtra: boolean;
  /** Column → cells of the rows that are read; the others are left out and counted in a note. */
  only: Readonly<Record<string, readonly string[]>>;
  headerRows: number;
  dashedDates: boolean; // a date with slashes is damage: the whole file is refused
  mapped?: readonly string[];
}

export type Importer =
  | TableImporter
  | TextImporter
  | DocumentImporter
  | ItemsImporter
  | RowsImporter
  | ColumnsImporter;

export function tableImporter(importer: Omit<TableImporter, "form">): TableImporter {
  return { form: "table", ...importer };
}

export function textImporter<Seen = undefined>(
  importer: Omit<TextImporter<Seen>, "form" | "separator"> & { separator?: TextImporter["separator"] },
): TextImporter {
  return { form: "text", separator: "any", ...importer } as TextImporter;
}

export function documentImporter(importer: Omit<DocumentImporter, "form">): DocumentImporter {
  return { form: "document", ...importer };
}

export function rowsImporter(importer: Omit<RowsImporter, "form">): RowsImporter {
  return { form: "rows", ...importer };
}

export function itemsImporter(importer: Omit<ItemsImporter, "form">): ItemsImporter {
  return { form: "items", ...importer };
}

export function issue(line: number, code: string, sample: string, column: string | null = null): Issue {
  return { kind: "issue", line, column, code, sample };
}
