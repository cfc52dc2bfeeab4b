import type { Config } from "../config.ts";
import { columns } from "../kit/columns.ts";
import type { Importer, Kind } from "../kit/importer.ts";
import { OF_SHEET } from "../kit/of-sheet.ts";
import { literal } from "../warehouse/database.ts";

type ColumnMap = Config["tables"][number];

/** Kinds whose rows lie in a group. */
const GROUPED: ReadonlySet<Kind> = new Set(["chat", "member"]);
/** Kinds whose rows are of an order, and of these the ones that may name a group. */
const OF_ORDER: ReadonlySet<Kind> = new Set(["order", "order_line", "order_item", "refund"]);
const ORDERS: ReadonlySet<Kind> = new Set(["order", "order_line"]);

/** Sheets that hold orders of the others again, by their state or all of them. */
const AGAIN =
  "(?i)全部|所有|总|合计|汇总|备份|副本|退|付款|支付|发货|完成|取消|关闭|all|total|summary|backup|copy|paid|refund|ship|cancel|complete|closed";

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
  return columns({
    ...map,
    title: map.title ?? map.id,
    columns: { ...map.columns, ...sheets },
    derive: { ...own, ...map.derive },
  });
}

/** What the name of its sheet says of a row that names no group, as SQL by canonical column. */
function ofSheet({ kind, columns: named }: ColumnMap): Record<string, string> {
  // Rows that name no group belong to the one that was chosen, else to the one that the file is named after.
  if (GROUPED.has(kind)) return { group_id: "coalesce(option('group_id'), sheet_group, option('stem'))" };
  if (!OF_ORDER.has(kind) || !("order_id" in named)) return {};
  return {
    // Lists that people keep count from 1 in each sheet: the second one's first order is not the first one's. Numbers of shops are longer.
    order_id: `if(sheet is not null and not regexp_matches(sheet, ${literal(AGAIN)}) and regexp_full_match(order_id, '\\d{1,4}'), sheet || '/' || order_id, order_id)`,
    ...(ORDERS.has(kind) ? { group_id: "sheet_group" } : {}),
  };
}
