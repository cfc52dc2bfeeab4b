/**
 * What tables that people keep call the state of an order: our own words, those that they copy from a shop's pages, and those of
 * lists by hand. The second word tells what became of the money, as in src/ingest/kinds/order-rows.ts. Whoever writes that nothing
 * was paid is believed: the time beside it is that of the order.
 */
export const ORDER_STATES = {
  pending: ["pending"],
  "pending unpaid": [
    "unpaid",
    "待付款",
    "未付款",
    "待支付",
    "未支付",
    "未付",
    "没付",
    "未收款",
    "未到账",
    "跑单",
    "等待买家付款",
  ],
  paid: [
    "paid",
    "已付款",
    "已支付",
    "已付",
    "已收款",
    "已收",
    "已转账",
    "已到账",
    "待核销",
    "待使用",
    "付款成功",
    "支付成功",
    "待发货",
    "待自提",
    "待提货",
    "买家已付款，等待卖家发货",
  ],
  "paid partial": ["partially_refunded", "partially refunded", "部分退款", "部分退"],
  "paid in_progress": ["退款中", "退货中", "售后中", "退款处理中"],
  shipped: ["shipped", "已发货", "已发", "配送中", "待收货", "卖家已发货，等待买家确认"],
  completed: [
    "completed",
    "已完成",
    "完成",
    "已收货",
    "已签收",
    "已自提",
    "已提货",
    "已核销",
    "已使用",
    "交易成功",
    "交易完成",
  ],
  closed: ["closed", "已关闭", "关闭", "交易关闭"],
  "closed full": ["refunded", "已退款", "退款", "已退", "全退", "退款成功", "全额退款", "退货退款", "已退货"],
  "closed unpaid": ["cancelled", "canceled", "void", "已取消", "取消", "作废", "已作废"],
} as const;

/** Each word with its state. */
export const ORDER_WORDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(ORDER_STATES).flatMap(([state, words]) => words.map((word) => [word, state])),
);

const YES = ["是", "√", "✓", "✔", "☑", "v", "y", "yes", "true", "1", "ok"];
const NO = ["否", "×", "✗", "✘", "x", "n", "no", "false", "0", "未", "没", "没有", "无"];

/** What a yes and a no say of an order, by what the column is called. The first that holds: 是否退款 also names money. */
const TICKED: readonly [RegExp, yes: string, no: string][] = [
  [/退|refund/i, "closed full", "paid"],
  [/收货|签收|完成|complete|done/i, "completed", "paid"],
  [/付|款|收|paid|pay/i, "paid", "pending unpaid"],
  [/发|寄|送|提|ship|deliver/i, "shipped", "paid"],
];

const ticked = (header: string) => TICKED.find(([pattern]) => pattern.test(header));

/** The states that 是, √ and 否 stand for in a column of that name. */
export function tickWords(header: string): Readonly<Record<string, string>> {
  const [, yes, no] = ticked(header) ?? [];
  if (yes === undefined || no === undefined) return {};
  return Object.fromEntries([...YES.map((word) => [word, yes]), ...NO.map((word) => [word, no])]);
}

/** Whether the column is there to tell who paid: an empty cell may well say that nobody did. */
export const tellsPayment = (header: string): boolean => ticked(header)?.[2] === "pending unpaid";

/** SQL of `refunded` beside a `status` in these words: where all went back, a nought is a column that was filled down, and no amount. */
export const REFUNDED = `case when list_contains([${ORDER_STATES["closed full"].map((word) => `'${word}'`).join(", ")}], lower(status)) then nullif(money(refunded), 0) else money(refunded) end`;

/** How the columns of a list of orders are called that people keep by hand. A day that is 日期 alone stands in lists of anything. */
export const ORDER_BOOK = {
  order_id: [
    "订单号",
    "订单编号",
    "单号",
    "Order #",
    "Order no",
    "Order no.",
    "Order number",
    "Order ID",
    "Invoice",
    "Invoice #",
    "Invoice no",
  ],
  paid_at: [
    "付款时间",
    "付款日期",
    "支付时间",
    "下单时间",
    "下单日期",
    "成交时间",
    "订单时间",
    "订单日期",
    "Order date",
    "Date paid",
    "Payment date",
    "Purchase date",
  ],
  amount: [
    "实付金额",
    "实付",
    "实付款",
    "付款金额",
    "金额",
    "实收",
    "实收金额",
    "订单金额",
    "总价",
    "Total",
    "Amount",
    "Order total",
    "Amount paid",
    "Total paid",
  ],
  buyer_name: [
    "微信昵称",
    "微信名",
    "买家昵称",
    "买家",
    "客户昵称",
    "客户",
    "群昵称",
    "昵称",
    "Customer",
    "Customer name",
    "Client",
    "Buyer",
  ],
  phone: ["手机号", "手机", "电话", "联系电话", "Phone", "Phone number", "Mobile"],
  email: ["Email", "E-mail", "Email address"],
  group_id: ["群", "群名", "群名称", "所在群"],
  status: ["订单状态", "状态", "Order status", "Status"],
  refunded: ["退款金额", "Refund", "Refunded", "Amount refunded"],
  items: ["商品", "商品名称", "品名", "产品"],
  title: ["Item", "Product"],
};
