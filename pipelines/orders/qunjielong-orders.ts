import { columns } from "../../src/kit/columns.ts";
import { OF_SHEET } from "../../src/kit/of-sheet.ts";
import { goodsLines } from "./shared/goods.ts";

/*
 * 群接龙, the sheet of orders: who, what, how much, without time or state. Whoever is on the list has paid. The time is
 * that of the export (file name or --as-of); without one an order belongs to no week. Every sheet of a workbook counts from 1.
 */
export default columns({
  id: "qunjielong-orders",
  title: { zh: "群接龙订单表", en: "Qunjielong orders" },
  kind: "order",
  columns: {
    own_id: ["订单号", "订单编号", "商城订单号", "订单号(勿删)"],
    serial: "接龙号",
    buyer_name: "微信昵称",
    cell: "商品合计",
    amount: "订单总金额",
    phone: ["联系电话", "联系方式", "收件人手机号码", "电话"],
    stated_at: ["下单时间", "支付时间"],
    ...OF_SHEET,
  },
  required: ["serial", "cell", "amount", "buyer_name"],
  derive: {
    order_id: "coalesce(own_id, concat_ws('/', option('stem'), sheet) || '/' || serial)",
    paid_at: "coalesce(stated_at, option('as_of'))",
    group_id: "sheet_group",
    goods: goodsLines("cell"),
    warning: "if(stated_at is null, if(option('as_of') is null, 'no_time', 'time_from_export'), null)",
  },
  defaults: { shop_id: "qunjielong", status: "paid" },
});
