import { columns } from "../../src/kit/columns.ts";
import { COLUMNS, MARKS, REFUND_STATE, STATUS } from "./shared/taobao.ts";

/*
 * 淘宝 / 天猫 ExportOrderList*.csv, a row per order, GBK. Ids and titles may be written raw as ="…". 总金额 is what was
 * asked, 买家实际支付金额 what was paid. 宝贝标题 joins titles that hold the joining mark themselves: it stays one item,
 * which gives way to the goods of the detail list. The phone is the receiver's.
 */
export default columns({
  id: "taobao-orders",
  title: { zh: "淘宝／天猫订单（ExportOrderList）", en: "Taobao / Tmall orders (ExportOrderList)" },
  kind: "order",
  columns: COLUMNS,
  marks: MARKS,
  status: STATUS,
  derive: { refund_state: REFUND_STATE },
  defaults: { shop_id: "taobao" },
  idPrefix: "taobao:",
  dashedDates: true,
});
