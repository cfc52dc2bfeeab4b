import { canonicalHeader } from "../kit/evidence.ts";
import type { Text } from "../kit/say.ts";
import { name } from "../warehouse/database.ts";
import type { Cell } from "./column-cell.ts";

/*
 * Lists of orders that state what one piece costs and how many there were: what was paid is neither, but both multiplied.
 */
const AMOUNTS = ["amount", "item_amount"];
const PRICE = /单价|每(件|份|个)价格|unit ?price/i;
const QUANTITY = /^(购买|商品|下单|订购|订货)?(数量|件数|份数|个数)$|^(qty|quantity)$/;
/** 3, 3.5斤, x3: the number in front of what it counts. */
const COUNTED = "^[xX×*]? ?(\\d+(?:\\.\\d+)?) ?\\p{Han}{0,2}$";

export interface UnitPrice {
  /** Canonical column of the amount. */
  column: string;
  /** Columns of the file. */
  price: string;
  quantity: string;
}

/** @param sources canonical columns by the file's. @param names the file's. */
export function unitPrice(
  sources: ReadonlyMap<string, string>,
  names: readonly string[],
): UnitPrice | undefined {
  for (const column of AMOUNTS) {
    const price = sources.get(column);
    if (price === undefined || !PRICE.test(price)) continue;
    const quantity =
      sources.get("quantity") ??
      names.find((one) => one !== price && QUANTITY.test(canonicalHeader(one).replace(/\(.*\)$/, "")));
    if (quantity !== undefined) return { column, price, quantity };
  }
  return undefined;
}

/** The cell of the amount, times the quantity; an empty quantity is one piece. */
export function multiplied(cell: Cell, { column, quantity }: UnitPrice): Cell {
  const stated = `cleaned(${name(quantity)})`;
  const pieces = name("pieces as read");
  return {
    ...cell,
    read: [...cell.read],
    clean: `${cell.clean}, if(${stated} is null, 1, try_cast(regexp_extract(${stated}, '${COUNTED}', 1) as decimal(12, 3))) as ${pieces}`,
    value: `(${name(`${column} as read`)} * ${pieces})::decimal(18, 2) as ${name(column)}`,
    problems: [...cell.problems, { when: `${pieces} is null`, code: "bad_number", place: quantity }],
  };
}

export function unitPriceNote({ price, quantity }: UnitPrice): Text {
  return {
    zh: `「${price}」乘以「${quantity}」算作金额（数量空着的按 1 算）。如果「${price}」其实已经是总价，请把这一列改名为「金额」再导入`,
    en: `“${price}” times “${quantity}” is taken as the amount (1 where the quantity is empty). If “${price}” is the total already, rename that column to “amount” and import again`,
  };
}
