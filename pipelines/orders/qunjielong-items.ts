import { columns } from "../../src/kit/columns.ts";
import { OF_SHEET } from "../../src/kit/of-sheet.ts";

/** 群接龙, the sheet of goods: a row per item with the order's amount repeated. Names of the columns vary by version. */
export default columns({
  id: "qunjielong-items",
  title: { zh: "群接龙商品表", en: "Qunjielong items" },
  kind: "order_line",
  columns: {
    own_id: ["订单号", "订单编号", "商城订单号"],
    serial: ["接龙号", "跟团号", "跟团号 / 下单序号"],
    line: "下单序号",
    title: ["商品名称", "SKU名称"],
    sku: ["商品编码", "SKU编号", "订单商品号(勿删)"],
    spec: ["规格", "SKU规格", "规格名称"],
    quantity: ["数量", "SKU数量"],
    item_amount: "商品金额",
    amount: "订单总金额",
    created_at: "下单时间",
    phone: ["联系电话", "联系方式", "收件人手机号码", "电话"],
    buyer_name: "微信昵称",
    leader_id: "团长ID",
    ...OF_SHEET,
  },
  required: ["title", "quantity", "amount", "created_at"],
  marks: [
    ["接龙号", "跟团号", "跟团号 / 下单序号", "下单序号"],
    ["规格", "SKU规格", "规格名称"],
  ],
  derive: {
    order_id: "coalesce(own_id, concat_ws('/', option('stem'), sheet) || '/' || coalesce(serial, line))",
    group_id: "sheet_group",
  },
  defaults: { shop_id: "qunjielong", status: "paid" },
});
