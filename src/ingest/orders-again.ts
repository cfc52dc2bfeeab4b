import type { Text } from "../kit/say.ts";
import type { Database } from "../warehouse/database.ts";
import type { KindSpec } from "./kinds/kind.ts";

/*
 * Goods of orders in two exports that were pasted one below the other without the second header. In an export the goods of
 * an order stand together. Where those of several orders stand a second time, in the same order and word for word, a
 * further export has begun: each order counts once, as far as the farther one says. One such order proves nothing.
 */

/** Orders, one behind the other, that stand a second time. */
const PROOF = 2;

/** How a file of goods is to be read; `of` is SQL of `record`, `part` and `version`. */
export interface OrdersAgain {
  of: string | undefined;
  /** Orders that stand in more than one place with the same goods. */
  orders: number;
}

/** @returns undefined for nearly every file. Else fills `exports`, where there is proof. */
export async function findOrdersAgain(database: Database, kind: KindSpec): Promise<OrdersAgain | undefined> {
  if (!("order_id" in kind.columns && "item_id" in kind.columns)) return undefined;
  // Nearly every file ends here: in the order of the table, which is told without sorting it.
  const keyed = "select record, hash(coalesce(shop_id, ''), order_id) as key from checked";
  const { runs, orders } = await database.one(
    `select count(*) filter (key is distinct from before) as runs, count(distinct key) as orders
     from (select key, lag(key) over () as before from (${keyed}))`,
  );
  if (Number(runs) === Number(orders)) return undefined;
  await database.run(
    `create table order_runs as
     with
       goods as (
         select record, hash(coalesce(shop_id, ''), order_id) as key, hash(item_id, sku, title, spec, quantity, item_amount) as said
         from checked
       ),
       begun as (select *, key is distinct from lag(key) over (order by record) as is_new from goods),
       numbered as (select *, sum(is_new::integer) over (order by record) as run from begun)
     select key, run, min(record) as first, max(record) as last, hash(list_sort(list(said))) as said,
       row_number() over (partition by key order by run) - 1 as part
     from numbered group by key, run`,
  );
  const { proofs, again } = await database.one(
    `with
       pairs as (
         select later.key, later.run, later.run - earlier.run as apart
         from order_runs as later join order_runs as earlier on later.key = earlier.key and later.said = earlier.said and earlier.part < later.part
       ),
       beside as (select apart, count(*) as n from (select *, run - row_number() over (partition by apart order by run) as row from pairs) group by apart, row)
     select (select count(*) from beside where n >= ${PROOF}) as proofs, (select count(distinct key) from pairs) as again`,
  );
  if (Number(again) === 0) return undefined;
  const isProof = Number(proofs) > 0;
  if (isProof)
    await database.run(
      `create table exports as
       select checked.record, order_runs.part, 0 as version
       from checked join order_runs on checked.record between order_runs.first and order_runs.last where order_runs.part > 0`,
    );
  return { of: isProof ? "exports" : undefined, orders: Number(again) };
}

export function ordersAgainNote(again: OrdersAgain | undefined): Text[] {
  if (!again) return [];
  const { of, orders } = again;
  if (of !== undefined)
    return [
      {
        zh: `文件里接着几份导出（没有第二个表头，订单却从头重复）：${orders} 个订单的商品出现了不止一次，只算一次`,
        en: `the file is several exports, one below the other without a second header: the goods of ${orders} orders stand in more than one and count once`,
      },
    ];
  return [
    {
      zh: `${orders} 个订单的商品在文件里隔开出现了两次，一模一样：可能是两份导出接在一起。太少，不能确定，都算了；若是，请分成两个文件导入，重叠的会自动只算一次`,
      en: `the goods of ${orders} orders stand in two places of the file, word for word: this may be two exports in one file. They are too few to be sure, so all count; if so, import the two as files of their own, and what overlaps counts once`,
    },
  ];
}
