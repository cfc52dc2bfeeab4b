import type { Config } from "../config.ts";
import { columns } from "../kit/columns.ts";
import type { Importer, Kind } from "../kit/importer.ts";
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

/** A phone that stands for an account is a phone too: other files know the person by it, written in another way. */
function withPhone({ kind, columns: named }: ColumnMap): ColumnMap["columns"] {
  const who = named[WHO[kind] ?? ""];
  const isPhone = who !== undefined && !("phone" in named) && [who].flat().every((one) => PHONE.test(one));
  return isPhone ? { ...named, phone: who } : named;
}

/** A column map of fupan.yaml, of `--mapping` or of the imports page as an importer like those in code. */
export function importerOf(map: ColumnMap): Importer {
  const namesGroup = ["group_id", "group_name"].some((column) => column in map.columns);
  const own = namesGroup ? {} : ofSheet(map);
  const sheets =
    Object.keys(own).length === 0
      ? {}
      : OF_ORDER.has(map.kind)
        ? OF_SHEET
        : { sheet_group: OF_SHEET.sheet_group };
  const said = stated(map);
  return columns({
    ...map,
    title: map.title ?? map.id,
    mapped: Object.keys(map.columns),
    columns: { ...withPhone(map), ...sheets },
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
