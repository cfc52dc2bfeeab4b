/** What every list of orders in the style of Taobao calls its columns. */
export const COLUMNS = {
  order_id: "订单编号",
  amount: ["买家实际支付金额", "买家应付货款(元)", "销售金额"],
  refunded: "退款金额",
  status: "订单状态",
  why_closed: "订单关闭原因",
  created_at: "订单创建时间",
  paid_at: "订单付款时间",
  completed_at: "确认收货时间",
  buyer_id: "买家会员名",
  receiver_phone: "联系手机",
  title: "宝贝标题",
};

export const MARKS = ["买家会员名", "宝贝标题"];

export const STATUS = {
  等待买家付款: "pending",
  "买家已付款，等待卖家发货": "paid",
  卖家部分发货: "paid",
  "卖家已发货，等待买家确认": "shipped",
  交易成功: "completed",
  交易关闭: "closed",
};

/** Money waits with the platform, so a paid order is closed only when all of it went back, whatever the reason says. */
export const REFUND_STATE = `case why_closed when '退款' then 'full' when '买家未付款' then 'unpaid'
  else if(status = '交易关闭' and paid_at is not null, 'full', null) end`;
