import { columns } from "../../src/kit/columns.ts";
import { COLUMNS, MARKS, REFUND_STATE, STATUS } from "./shared/taobao.ts";

/*
 * The list of 38 columns that the backend of a mall writes in the style of Taobao, GB2312: a row per item with the order's
 * money repeated on each, so an order of three goods is three rows. Whether 宝贝总数量 is the row's or the order's is not known.
 */
export default columns({
  id: "taobao-mall-orders",
  title: {
    zh: "淘宝样式的商城订单（38 列，一行一件商品）",
    en: "Mall orders in the style of Taobao (38 columns, a row per item)",
  },
  kind: "order_line",
  columns: COLUMNS,
  marks: [...MARKS, ["分销商Id", "分销商店铺名称"]],
  status: STATUS,
  derive: { refund_state: REFUND_STATE },
  defaults: { shop_id: "taobao" },
  idPrefix: "taobao:",
  dashedDates: true,
});
