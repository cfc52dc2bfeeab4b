import type { Config } from "../config.ts";
import { columns } from "../kit/columns.ts";
import type { ColumnsImporter, Importer, Kind } from "../kit/importer.ts";
import { OWN_MESSAGE_TYPE } from "../kit/message-words.ts";
import { OF_SHEET, orderOfSheet } from "../kit/of-sheet.ts";
import { ORDER_WORDS, REFUNDED, tellsPayment, tickWords } from "../kit/order-words.ts";

type ColumnMap = Config["tables"][number];

/** Kinds whose rows lie in a group. */
const GROUPED: ReadonlySet<Kind> = new Set(["chat", "member"]);
/** Kinds whose rows are of an order, and of these the ones that may name a group. */
const OF_ORDER: ReadonlySet<Kind> = new Set(["order", "order_line", "order_item", "refund"]);
const ORDERS: ReadonlySet<Kind> = new Set(["order", "order_line"]);

/** Who somebody is, by kind, where the map may say so by a phone. */
const WHO: Partial<Record<Kind, string>> = {
  member: "member_id",
  contact: "person_id",
  order: "buyer_id",
  order_line: "buyer_id",
};
const PHONE = /手机|电话|phone|mobile|^tel$/i;

/** Headers of our own tables (docs/tables.md) that their columns are not called by: a map may name either. */
const HEADERS: Partial<Record<Kind, Readonly<Record<string, string>>>> = {
  chat: { kind: "type" },
  calendar: { start: "starts_at", end: "ends_at" },
  contact: { person_key: "person_id" },
};

/** The map by the names of columns alone. */
function byColumns(map: ColumnMap): ColumnMap {
  const names = HEADERS[map.kind];
  if (names === undefined) return map;
  const renamed = <T>(one: Record<string, T>) =>
    Object.fromEntries(Object.entries(one).map(([header, value]) => [names[header] ?? header, value]));
  const keyed = (["values", "otherwise", "derive", "defaults", "only"] as const).flatMap((key) => {
    const one: Record<string, unknown> | undefined = map[key];
    return one === undefined ? [] : [[key, renamed(one)] as const];
  });
  const { required } = map;
  return {
    ...map,
    ...Object.fromEntries(keyed),
    columns: renamed(map.columns),
    ...(required ? { required: required.map((one) => names[one] ?? one) } : {}),
  };
}

/** A phone that stands for an account is a phone too: other files know the person by it, written in another way. */
function withPhone({ kind, columns: named }: ColumnMap): ColumnMap["columns"] {
  const who = named[WHO[kind] ?? ""];
  const isPhone = who !== undefined && !("phone" in named) && [who].flat().every((one) => PHONE.test(one));
  return isPhone ? { ...named, phone: who } : named;
}

/** A group that is named and has no id is known by its name, as in our own tables. */
function withGroup({ kind, columns: named }: ColumnMap, columns: ColumnMap["columns"]): ColumnMap["columns"] {
  const { group_name: group } = named;
  return GROUPED.has(kind) && group !== undefined && !("group_id" in named)
    ? { ...columns, group_id: group }
    : columns;
}

/** How those in code read what a program writes into a table of messages. */
function noticeOf(known: readonly Importer[]): ColumnsImporter["notice"] {
  return known.find((one) => one.form === "columns" && one.kind === "chat" && one.notice)?.notice;
}

/**
 * A column map of fupan.yaml, of `--mapping` or of the imports page as an importer like those in code.
 * @param known those in code.
 */
export function importerOf(written: ColumnMap, known: readonly Importer[]): Importer {
  const map = byColumns(written);
  const namesGroup = ["group_id", "group_name"].some((column) => column in map.columns);
  const own = namesGroup ? {} : ofSheet(map);
  const sheets =
    Object.keys(own).length === 0
      ? {}
      : OF_ORDER.has(map.kind)
        ? OF_SHEET
        : { sheet_group: OF_SHEET.sheet_group };
  const said = stated(map);
  const notice = map.kind === "chat" && "type" in map.columns ? noticeOf(known) : undefined;
  return columns({
    ...map,
    notice,
    title: map.title ?? map.id,
    mapped: Object.keys(map.columns),
    columns: { ...withGroup(map, withPhone(map)), ...sheets },
    ...said,
    derive: { ...own, ...said.derive, ...map.derive },
  });
}

/** States of orders and kinds of messages in the words that people use; what the map says of them comes first. */
function stated({ kind, columns: named, status, values }: ColumnMap): Pick<ColumnMap, "status" | "derive"> {
  if (kind === "chat" && "type" in named && !values?.["type"]) return { derive: { type: OWN_MESSAGE_TYPE } };
  if (!ORDERS.has(kind) || !("status" in named)) return {};
  const header = [named["status"] ?? ""].flat().join(" ");
  return {
    status: { ...ORDER_WORDS, ...tickWords(header), ...values?.["status"], ...status },
    derive: {
      ...("refunded" in named ? { refunded: REFUNDED } : {}),
      ...(tellsPayment(header) ? { warning: "if(status is null, 'status_blank', null)" } : {}),
    },
  };
}

/** What the name of its sheet says of a row that names no group, as SQL by canonical column. */
function ofSheet({ kind, columns: named }: ColumnMap): Record<string, string> {
  // Rows that name no group belong to the one that was chosen, else to the one that the file is named after.
  const file = kind === "member" ? "file_group" : "stem";
  if (GROUPED.has(kind)) return { group_id: `coalesce(option('group_id'), sheet_group, option('${file}'))` };
  if (!OF_ORDER.has(kind) || !("order_id" in named)) return {};
  return {
    order_id: orderOfSheet(),
    ...(ORDERS.has(kind) ? { group_id: "sheet_group" } : {}),
  };
}
