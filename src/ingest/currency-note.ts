import type { Text } from "../kit/say.ts";
import type { Database } from "../warehouse/database.ts";
import type { KindSpec } from "./kinds/kind.ts";

/** Says which orders the KPIs will count without their money. @param own the workspace's currency. */
export async function currencyNotes(database: Database, kind: KindSpec, own: string): Promise<Text[]> {
  if (!kind.facts.some(({ fact }) => fact === "orders")) return [];
  const rows = await database.all(
    `select currency, count(distinct (shop_id, order_id)) as orders from all_orders
     where currency <> $own and amount > 0 group by all order by 1`,
    { own },
  );
  return rows.map(({ currency, orders }) => ({
    zh: `${orders} 笔订单的金额是 ${currency}，工作区只计 ${own} 的金额。如果你的生意用 ${currency}，请在 fupan.yaml 里写 currency: ${currency}`,
    en: `Amounts in ${currency}: ${orders} orders; the workspace counts ${own} alone. If ${currency} is what you sell in, write currency: ${currency} in fupan.yaml`,
  }));
}
