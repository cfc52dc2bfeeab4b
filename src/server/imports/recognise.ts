import { readHead } from "../../ingest/head.ts";
import { identify, knownBy } from "../../ingest/identify.ts";
import { KINDS } from "../../ingest/kinds/index.ts";
import { openSource } from "../../ingest/source.ts";
import type { Workbook } from "../../ingest/xlsx.ts";
import { REQUIRED } from "../../kit/columns.ts";
import { canonicalHeader, factText } from "../../kit/evidence.ts";
import type { ColumnsImporter, Head, Importer, Kind } from "../../kit/importer.ts";
import type { Text } from "../../kit/say.ts";
import type { Upload } from "./uploads.ts";

const SHOWN_ROWS = 8;
/** Kinds that a table is guessed to be, the likeliest first where a header says nothing. */
const GUESSED = ["order", "member", "chat", "survey", "calendar", "contact"] as const;
/** Kinds that it can be mapped to. Whether a row is an order or one of its goods no header says. */
const MAPPABLE = ["order", "order_line", ...GUESSED.slice(1)] as const;
/** Said otherwise where no column has it: by the name of the file, or by the name of a member. */
const MAY_LACK = new Set(["group_id", "member_id"]);
/** Where a row is one of the goods its money is the row's; what stands there of the whole order is that of a list of orders. */
const OF_ORDER = new Set(["amount", "outstanding", "refunded"]);
/** What people call the columns of orders that they keep by hand in English; no shop's export has these, so that only the guess knows them. */
const KEPT_BY_HAND: Readonly<Record<string, readonly string[]>> = {
  amount: ["Total", "Amount", "Order total", "Amount paid", "Total paid"],
  order_id: [
    "Order #",
    "Order no",
    "Order no.",
    "Order number",
    "Order ID",
    "Invoice",
    "Invoice #",
    "Invoice no",
  ],
  paid_at: ["Date", "Order date", "Date paid", "Payment date", "Purchase date"],
  buyer_name: ["Customer", "Customer name", "Client", "Buyer"],
  email: ["Email", "E-mail", "Email address"],
  phone: ["Phone", "Phone number", "Mobile"],
  title: ["Item", "Product"],
  refunded: ["Refund", "Refunded", "Amount refunded"],
  status: ["Status", "Order status"],
};
/** Canonical columns that no person fills in by hand. */
const INTERNAL = new Set(["extra", "as_of", "shop_id", "is_history"]);

export interface TablePreview {
  delimiter: string;
  header: string[];
  rows: string[][];
  /** Line of the file in which each row begins, from 1. */
  lines: number[];
  /** What the table would be read as, and the header name of each canonical column that was found. */
  kind: Kind;
  columns: Record<string, string>;
}

export interface Recognised {
  upload: string;
  name: string;
  bytes: number;
  encoding: string;
  /** Of a workbook, which has neither an encoding nor a delimiter of its own: the sheet that was read, or how many. */
  sheet?: string;
  importer: { id: string; title: Text; kind: Kind; found: Text[] } | null;
  /** More than one: the person chooses. */
  matches: { id: string; title: Text }[];
  nearest: { id: string; title: Text; missing: Text[] }[];
  refusal: Text | null;
  table: TablePreview | null;
}

/** What an archive of several exports holds: each recognised, or why it can't be. */
export interface RecognisedArchive {
  archive: string;
  files: (Recognised | { name: string; error: Text })[];
  notes: Text[];
}

/** What the command line would say of the file, by the same code, and how its first rows look as a table. */
export async function recognise(
  upload: Upload,
  importers: readonly Importer[],
  scratch: string,
): Promise<Recognised> {
  const source = await openSource(upload.path, scratch, knownBy(importers));
  try {
    const head = await readHead(source);
    const { matches, nearest } = identify(head, importers);
    const [only, second] = matches;
    const settled = only && !second ? only : undefined;
    return {
      upload: upload.id,
      name: upload.name,
      bytes: upload.bytes,
      encoding: source.encoding,
      ...(source.workbook ? { sheet: sheetOf(source.workbook) } : {}),
      importer: settled
        ? {
            id: settled.importer.id,
            title: settled.importer.title,
            kind: settled.importer.kind,
            found: settled.evidence.found.map(factText),
          }
        : null,
      matches: matches.map(({ importer: { id, title } }) => ({ id, title })),
      nearest: settled
        ? []
        : nearest.map(({ importer: { id, title }, evidence: { missing } }) => ({
            id,
            title,
            missing: missing.map(factText),
          })),
      refusal: settled?.evidence.refusal ?? null,
      table: tableOf(head, importers, settled?.importer, settled?.evidence.headerRow ?? likelyHeader(head)),
    };
  } finally {
    await source.dispose();
  }
}

function sheetOf({ sheet, groups }: Workbook): string {
  return groups.length > 1 ? String(groups.length) : sheet;
}

function tableOf(
  head: Head,
  importers: readonly Importer[],
  settled: Importer | undefined,
  headerRow: number,
): TablePreview | null {
  const header = head.rows[headerRow];
  if (!header || header.length < 2 || (settled && settled.form !== "columns")) return null;
  const rows = head.rows.slice(headerRow + 1, headerRow + 1 + SHOWN_ROWS);
  // The end of the last line is no row.
  if (rows.at(-1)?.every((cell) => cell === "")) rows.pop();
  const lines: number[] = [];
  let line = 1 + head.rows.slice(0, headerRow + 1).reduce((sum, row) => sum + height(row), 0);
  for (const row of rows) {
    lines.push(line);
    line += height(row);
  }
  const guess =
    settled?.form === "columns"
      ? { kind: settled.kind, columns: found(settled, header) }
      : bestGuess(header, importers);
  return {
    delimiter: head.delimiter,
    header: [...header],
    rows: rows.map((row) => [...row]),
    lines,
    ...guess,
  };
}

/** People put a title above their tables: the first row that is nearly as full as the fullest is the header. */
function likelyHeader({ rows }: Head): number {
  const filled = rows.map((row) => row.filter((cell) => cell !== "").length);
  const most = Math.max(0, ...filled);
  return Math.max(
    0,
    filled.findIndex((cells) => cells > 1 && cells * 2 > most),
  );
}

function height(row: readonly string[]): number {
  return 1 + row.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
}

/** The kind of which most required columns are found under names that any column map knows. */
function bestGuess(header: readonly string[], importers: readonly Importer[]) {
  const guesses = GUESSED.map((kind) => {
    const columns: Record<string, string> = {};
    for (const importer of importers)
      if (importer.form === "columns" && importer.kind === kind)
        // Maps also name columns from which they derive others.
        for (const [column, name] of Object.entries(found(importer, header)))
          if (column in KINDS[kind].columns && !Object.values(columns).includes(name))
            columns[column] ??= name;
    if (kind === "order") Object.assign(columns, keptByHand(header, columns));
    const required = REQUIRED[kind].filter((column) => column in columns).length;
    return { kind, columns, score: required / REQUIRED[kind].length + Object.keys(columns).length / 100 };
  });
  const best = guesses.reduce((a, b) => (b.score > a.score ? b : a));
  return { kind: best.kind, columns: best.columns };
}

/** What is still free of them, in a table that has money: lists of people have names and phones, too. */
function keptByHand(header: readonly string[], taken: Readonly<Record<string, string>>) {
  const hits: Record<string, string> = {};
  const isTaken = (name: string) => [...Object.values(taken), ...Object.values(hits)].includes(name);
  for (const [column, names] of Object.entries(KEPT_BY_HAND)) {
    const known = names.map(canonicalHeader);
    const name = header.find((one) => known.includes(canonicalHeader(one)) && !isTaken(one));
    if (name !== undefined && !(column in taken)) hits[column] = name;
  }
  return "amount" in taken || "amount" in hits ? hits : {};
}

function found(importer: ColumnsImporter, header: readonly string[]): Record<string, string> {
  const names = new Map(header.map((name) => [canonicalHeader(name), name]));
  const hits: Record<string, string> = {};
  for (const [column, wanted] of Object.entries(importer.columns)) {
    for (const alias of typeof wanted === "string" ? [wanted] : wanted) {
      const name = names.get(canonicalHeader(alias));
      if (name !== undefined) hits[column] ??= name;
    }
  }
  return hits;
}

/** For the page: which columns each kind has, and which it cannot do without. */
export function mappableFields(): { kind: Kind; fields: { id: string; required: boolean }[] }[] {
  const isLine = (kind: Kind) => kind === "order_line";
  return MAPPABLE.map((kind) => ({
    kind,
    fields: Object.keys(KINDS[kind].columns)
      .filter((column) => !INTERNAL.has(column) && !(isLine(kind) && OF_ORDER.has(column)))
      .map((id) => ({
        id,
        required:
          (REQUIRED[kind].includes(id) && !MAY_LACK.has(id)) || (isLine(kind) && id === "item_amount"),
      }))
      .sort((a, b) => Number(b.required) - Number(a.required)),
  }));
}
