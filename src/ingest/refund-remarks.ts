import type { Text } from "../kit/say.ts";

/*
 * Lists of orders that people keep say beside the goods what was given back. Where nothing reads that column, such an order
 * is a sale, and no number would tell.
 */
const GIVEN_BACK =
  /^(?:已|全|全额|部分)?退(?:[款货单了钱]|$)|退[款货](?:了|中|成功|完成)?$|^(?:已)?(?:取消|作废)|^(?:fully |partially )?refund(?:ed)?\b|^cancell?ed\b/i;
/** Columns of an order that say what became of it. */
const TOLD_BY = ["status", "refund_state", "refunded"];

export interface RefundRemarks {
  column: string;
  /** How many of the first rows. */
  rows: number;
}

/**
 * The column that speaks of refunds and is not used, of a table that states none elsewhere.
 * @param sources canonical columns of orders by the file's. @param names the file's. @param below the first rows.
 */
export function refundRemarks(
  sources: ReadonlyMap<string, string>,
  unmatched: readonly string[],
  names: readonly string[],
  below: readonly (readonly string[])[],
): RefundRemarks | undefined {
  if (!sources.has("amount") && !sources.has("item_amount")) return undefined;
  if (TOLD_BY.some((one) => sources.has(one))) return undefined;
  const found = unmatched.map((column) => {
    const at = names.indexOf(column);
    return { column, rows: below.filter((row) => GIVEN_BACK.test(row[at]?.trim() ?? "")).length };
  });
  return found.filter(({ rows }) => rows > 0).toSorted((a, b) => b.rows - a.rows)[0];
}

export function refundRemarksNote({ column, rows }: RefundRemarks): Text {
  return {
    zh: `“${column}”列至少有 ${rows} 行写着退款、取消之类，但这一列没有用到，这些订单会算成销售。请把它选作“订单状态”（status）再导入。`,
    en: `At least ${rows} rows say refunded, cancelled or the like in "${column}", which is not used: these orders count as sales. Choose it as the status of the order and import again.`,
  };
}
