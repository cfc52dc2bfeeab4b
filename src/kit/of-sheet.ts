/**
 * Columns that the rows of a workbook get when several of its sheets are read as one table, by canonical name. A map of
 * columns that names them gets them: `sheet` is empty in the first sheet, so that what is made of it does not change
 * when a second one comes, and `sheet_group` wherever the names of the sheets are no groups. Rejected rows keep them.
 */
export const OF_SHEET = { sheet: "__工作表", sheet_group: "__工作表（群）" } as const;

/** Sheets that hold orders of the others again, by their state or all of them. */
const AGAIN =
  "(?i)全部|所有|总|合计|汇总|备份|副本|退|付款|支付|发货|完成|取消|关闭|all|total|summary|backup|copy|paid|refund|ship|cancel|complete|closed";

/**
 * SQL of `order_id` where `sheet` is a column. Lists that people keep count from 1 in each sheet: the second one's first order is
 * not the first one's. Numbers of shops are longer.
 * @param and SQL of what else must hold.
 */
export const orderOfSheet = (and = "") =>
  `if(sheet is not null${and && ` and ${and}`} and not regexp_matches(sheet, '${AGAIN}') and regexp_full_match(order_id, '\\d{1,4}'), sheet || '/' || order_id, order_id)`;

export const OF_SHEET_NAMES: readonly string[] = Object.values(OF_SHEET);
