import { columns } from "../../src/kit/columns.ts";
import { OF_SHEET } from "../../src/kit/of-sheet.ts";
import { goodsLines } from "./shared/goods.ts";

/*
 * 快团团, a row per order. 跟团号 begins at 1 in each 团, so without 订单号 an id holds only together with the file.
 * A receiver with an extension in brackets has a virtual phone number, which is nobody's.
 */
export default columns({
  id: "kuaituantuan-orders",
  title: { zh: "快团团订单", en: "Kuaituantuan orders" },
  kind: "order",
  columns: {
    own_id: "订单号",
    serial: "跟团号",
    activity: ["团号", "团标题", "团名称"],
    buyer_name: "下单人",
    receiver: "收货人",
    number: "联系电话",
    amount: "订单金额",
    refunded: ["退款金额", "订单退款"],
    status: "订单状态",
    paid_at: "支付时间",
    cell: "商品",
    group_hint: "自提点",
    ...OF_SHEET,
  },
  required: ["serial", "amount", "paid_at", "cell"],
  status: {
    待支付: "pending",
    已支付: "paid",
    已发货: "shipped",
    已送达: "completed",
    已取消: "closed",
    已退款: "closed full",
  },
  derive: {
    order_id: "coalesce(own_id, coalesce(activity, concat_ws('/', option('stem'), sheet)) || '/' || serial)",
    phone: "if(regexp_matches(receiver, '\\[\\d+\\]\\s*$'), null, number)",
    group_id: "sheet_group",
    goods: goodsLines("cell"),
  },
  defaults: { shop_id: "kuaituantuan" },
});
