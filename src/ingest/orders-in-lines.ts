import type { Text } from "../kit/say.ts";
import type { Database } from "../warehouse/database.ts";
import { KINDS } from "./kinds/index.ts";
import type { KindSpec } from "./kinds/kind.ts";

/*
 * A list of orders in which one order has several rows, one for each of its goods, each with its own money. Which it is, no
 * header says: `amount` may as well be the order's, written again in each row. Rows of one order that stand together, of one
 * time and one buyer, and state several amounts are its goods; nobody writes an order's sum in two ways beside itself.
 * What stands apart is an order that was written again, and its last row counts.
 */

/** How the rows of a list were taken together, and how many orders had several. */
export interface OrdersInLines {
  kind: KindSpec;
  lines: number;
  /** Several rows side by side that state the same amount, where no order states several. */
  alike: number;
  /** Rows apart that state several amounts. */
  apart: number;
}

/** A `sku*2` or `name*2` of a list, where a row has one alone. */
const ONE = "case when len(coalesce(items, goods)) = 1 then coalesce(items, goods)[1] end";
const PIECES = "'^(.*?)(?:\\*([0-9.]+))?$'";

/** `checked` as the goods of orders see it. */
const AS_LINES = `
  select * exclude (items, goods, title, amount, refunded, outstanding),
    null::decimal(18, 2) as amount, null::decimal(18, 2) as outstanding, null::decimal(18, 2) as refunded,
    (amount - coalesce(outstanding, 0))::decimal(18, 2) as item_amount, refunded as item_refunded,
    null::varchar as item_id, if(items is not null, trim(regexp_extract(${ONE}, ${PIECES}, 1)), null) as sku,
    coalesce(title, if(items is null, trim(regexp_extract(${ONE}, ${PIECES}, 1)), null), array_to_string(coalesce(items, goods), ';')) as title,
    null::varchar as spec,
    try_cast(nullif(regexp_extract(${ONE}, ${PIECES}, 2), '') as double) as quantity
  from rows_of_orders`;

/** @returns undefined for nearly every file: no order has two rows. Else `checked` is that of the kind it tells. */
export async function findOrdersInLines(
  database: Database,
  kind: KindSpec,
): Promise<OrdersInLines | undefined> {
  if (kind !== KINDS.order) return undefined;
  const { several } = await database.one(
    "select count(*) > count(distinct hash(coalesce(shop_id, ''), order_id)) as several from checked",
  );
  if (several !== true) return undefined;
  const { lines, alike, apart } = await database.one(
    `with
       keyed as (
         select row_number() over (order by record) as nth, coalesce(shop_id, '') as shop, order_id, amount, as_of,
           hash(coalesce(paid_at, created_at), buyer_id, phone, buyer_name) as said
         from checked
       ),
       orders as (
         select max(nth) - min(nth) + 1 = count(*) as is_together, count(distinct amount) > 1 as differ,
           count(distinct said) = 1 and count(distinct as_of) <= 1 as is_one
         from keyed group by shop, order_id having count(*) > 1
       )
     select count(*) filter (is_one and is_together and differ) as lines, count(*) filter (is_one and is_together and not differ) as alike,
       count(*) filter (is_one and not is_together and differ) as apart
     from orders`,
  );
  const found = { lines: Number(lines), alike: Number(alike), apart: Number(apart) };
  if (found.lines <= found.apart) return { kind, ...found };
  await database.run("alter view checked rename to rows_of_orders");
  await database.run(`create view checked as ${AS_LINES}`);
  return { kind: KINDS.order_line, ...found };
}

export function ordersInLinesNotes(found: OrdersInLines | undefined): Text[] {
  if (!found) return [];
  const { kind, lines, alike, apart } = found;
  if (kind === KINDS.order_line)
    return [
      {
        zh: `${lines} 个订单占了几行、每行金额不同：按一行一件商品读，同一订单各行的金额加起来。如果其中有的是改过的订单，请删掉旧的那行再导入`,
        en: `${lines} orders have several rows with amounts of their own: a row is one of an order's goods, and its rows are added up. Where a row is an order that was corrected, delete the old row and import again`,
      },
    ];
  return [
    ...(alike > 0
      ? [
          {
            zh: `${alike} 个订单连着占了几行，金额一样：按整单金额在每行重复读，只算一次。如果金额是每件商品的，请在导入页把类型选成「订单（一行一件商品）」再导入`,
            en: `${alike} orders have several rows of the same amount: read as the whole order's, written in each row, and counted once. If it is that of each of its goods, choose “orders, a row for each of the goods” on the imports page`,
          },
        ]
      : []),
    ...(lines + apart > 0
      ? [
          {
            zh: `${lines + apart} 个订单出现了几次、金额不同：以靠后的一行为准。如果一行是一件商品，请在导入页把类型选成「订单（一行一件商品）」再导入`,
            en: `${lines + apart} orders stand there several times with different amounts: the last row counts. If a row is one of an order's goods, choose “orders, a row for each of the goods” on the imports page`,
          },
        ]
      : []),
  ];
}
