import { fieldTitle } from "../kit/fields.ts";
import type { Text } from "../kit/say.ts";

/** Columns behind the rejected rows of a table that is handed back: the line and the reason. They are none of the table's own. */
export const REASON_COLUMNS = { zh: ["__行号", "__原因"], en: ["__line", "__reason"] } as const;

const TEXTS: Readonly<Record<string, Text>> = {
  no_rows: { zh: "文件里只有表头，没有数据行", en: "the file has a header and no rows" },
  missing_value: { zh: "必填的格子是空的", en: "a required cell is empty" },
  no_plan_day: {
    zh: "看不出是哪一天，或没有写发什么。日子写成：第1天、D1、周一、每天、2026-11-05、开营前1天、入群当天、入群后10分钟",
    en: "it names no day, or nothing to send. A day is written D1, 第1天, 周一, 每天, 2026-11-05, 开营前1天, 入群当天 or 入群后10分钟",
  },
  open_plan_day: {
    zh: "表里有开始之前的天（-1），却没有第0天，看不出第1天是不是开始那天：请写一行第0天，或写成“开营当天”“开营后1天”",
    en: "the table has days before the start and no day 0, so day 1 may be the start or the day after: add a day 0, or write 开营当天, 开营后1天",
  },
  no_contact_key: {
    zh: "这一行没有能认出是谁的东西：请填上账号、完整的手机号（打了星号的不算）、邮箱或 unionid 中的一样",
    en: "nothing in the row says who it is: fill in an account, a whole phone number (a masked one is none), an e-mail address or a unionid",
  },
  unclear_opt_out: {
    zh: "看不懂这一格，已当作不想被联系（宁可少发）；还可以联系的话请写“否”",
    en: "not understood and taken for a person who wants no messages; write no if they may be written to",
  },
  bad_time: {
    zh: "时间看不懂，请写成 2026-11-16 20:03:11",
    en: "not a time; write it as 2026-11-16 20:03:11",
  },
  no_year: {
    zh: "日期没有写年份，表里别处也看不出是哪一年：请写成 2026-11-01（起止写成 2026-11-01 至 2026-11-03），或在表格标题里写上 2026年，或导入时写 --date 2026",
    en: "the day has no year and nothing else in the table states it: write 2026-11-01 (from and to: 2026-11-01~2026-11-03), put the year into the table's title (2026年), or import with --date 2026",
  },
  unclear_days: {
    zh: "看不出是哪几天（11.1 也可能是 11.10 被去掉了 0，11-1-3 可能是一天也可能是三天）：请连年份写成 2026-11-01 至 2026-11-03，或分别写在开始、结束两列",
    en: "it is not clear which days these are (11.1 may have been 11.10; 11-1-3 is one day or three): write them with the year, 2026-11-01~2026-11-03, or in the columns of start and end",
  },
  weekday_only: {
    zh: "只写了星期，看不出是哪一天：请写上日期；每周都有的活动，一次写一行",
    en: "a weekday is no day: write the date, and what happens every week in a row for each time",
  },
  daily_hours: {
    zh: "写了几天又写了钟点，看不出是每天这几个钟点，还是从第一天一直到最后一天：每天都有就一天写一行，一直开着就写成 2026-11-05 20:00 至 2026-11-07 22:00",
    en: "hours behind several days may be those of each day or of the first and the last: give each day a row, or write 2026-11-05 20:00~2026-11-07 22:00",
  },
  time_before_2000: {
    zh: "时间早于 2000 年：多半是 0、空值，或年份只写了两位（26 请写成 2026）",
    en: "the time is before 2000: most likely a zero, or a year of two digits (write 26 as 2026)",
  },
  time_in_future: {
    zh: "时间在未来，请检查日期顺序或电脑时钟",
    en: "the time is in the future; check the date order or the clock",
  },
  bad_money: {
    zh: "金额看不懂（写成 1234.50），或大得不像金额",
    en: "not an amount of money (write it as 1234.50), or too large for one",
  },
  other_currency: {
    zh: "金额带着别的币种的符号：在 currency 列写明币种（如 USD），或把符号去掉",
    en: "the amount has the sign of another currency: say which in a column currency (USD, say), or take the sign off",
  },
  cell_error: {
    zh: "格子里是表格软件的错误值（#N/A、#REF! 之类），请填上真正的值",
    en: "the cell holds an error of a spreadsheet program (#N/A, #REF!): fill in what it should be",
  },
  bad_number: { zh: "应当是数字", en: "not a number" },
  bad_json: { zh: "这一行不是完整的 JSON", en: "the line is not a complete JSON object" },
  cut_off: {
    zh: "文件在这里断了，后面的内容没有导出完整",
    en: "the file breaks off here; what follows was not exported",
  },
  missing_columns: { zh: "这一行的列数不够", en: "the row has too few columns" },
  cells_beyond_header: {
    zh: "表头右边还有格子，没有列名，没有读；这一行其余的照常",
    en: "there are cells to the right of the header, under no name: not read; the rest of the row is used",
  },
  mapped_column_missing: {
    zh: "列名对照里有这一列，文件里没有，没有读到。多半是表头改了名：把表头改回来，或在列名对照（fupan.yaml 或导入页）里加上新名字，再导入",
    en: "the map of columns names it and the file has no such column: nothing was read for it. Most likely the header was renamed: put it back, or add the new name to the map (fupan.yaml or the imports page), and import again",
  },
  mapped_column_unknown: {
    zh: "列名对照左边的这个名字不是“复盘”的列名，没有读到。能写的名字见 docs/tables.md 的“我们的表头”",
    en: 'the name on the left of the map is no column of Fupan\'s: nothing was read for it. The names are those of docs/tables.md, "Our headers"',
  },
  too_many_columns: {
    zh: "这一行的列数太多，可能少了引号",
    en: "the row has too many columns, perhaps a quote is missing",
  },
  unclosed_quote: { zh: "引号没有成对", en: "a quote is not closed" },
  undecodable_bytes: {
    zh: "有些字读不出来，显示成了 �；文件可能在传输中损坏，其余照常",
    en: "some characters can't be read and show as �; the file may be damaged, the rest is used",
  },
  text_over_1_mib: { zh: "文字超过 1 MiB", en: "the text is longer than 1 MiB" },
  id_resaved_by_spreadsheet: {
    zh: "编号变成了科学计数（如 1.23E+18），是表格软件另存造成的，请用原始导出文件",
    en: "the id is in scientific notation (1.23E+18): a spreadsheet re-saved the file; use the original export",
  },
  sums_disagree: {
    zh: "合计行和各行加起来不一样：可能有行没导出，或被删改过；读到的行照常入库，请对照原始导出",
    en: "the row of sums is not what the rows come to: rows may be missing or changed; those that are there were taken in, compare with the original export",
  },
  phone_resaved_by_spreadsheet: {
    zh: "手机号变成了科学计数（如 1.38E+10），是表格软件另存造成的，认不出是谁；其余照常，请改用原始导出文件",
    en: "the phone is in scientific notation (1.38E+10) and nobody's: a spreadsheet re-saved the file; use the original",
  },
  time_resaved_by_spreadsheet: {
    zh: "日期变成了 2026/11/16 的写法，是表格软件另存造成的，请用原始导出文件",
    en: "the date reads 2026/11/16: a spreadsheet re-saved the file; use the original export",
  },
  unknown_status: {
    zh: "订单状态不认识，按付款和完成时间判断",
    en: "the order status is not known; the payment and completion times decide",
  },
  neither_time_nor_state: {
    zh: "没有时间，也没有订单状态，看不出付没付。同一天只在第一行写了日期的，请往下填满；没付款的，加一列状态写「未付款」",
    en: "no time and no state: whether it was paid can't be told. Where the day stands in its first row only, fill it down; of an order that was not paid say so in a column of states",
  },
  status_blank: {
    zh: "付款那一格是空的，按时间算作付过；没付的请写「否」或「未付款」",
    en: "the cell that tells who paid is empty: taken as paid, by its time; write “no” or “unpaid” where it was not",
  },
  refund_amount_assumed: {
    zh: "只写了退款成功、没有金额，按全额退款计",
    en: "refunded without an amount: taken as the full amount",
  },
  refund_amount_missing: {
    zh: "只写了部分退款、没有金额：先按没有退款计，请填上退款金额，或把同一平台的售后文件也导入",
    en: "refunded in part without an amount: none is counted until the amount is filled in or the platform's after-sale file is imported",
  },
  closed_without_refund: {
    zh: "付过款的订单关闭了，文件里没有退款：先按没有退款计，请把同一平台的售后或账单文件也导入",
    en: "a paid order was closed and the file tells no refund: none is counted until the platform's after-sale or settlement file is imported",
  },
  time_from_order_id: {
    zh: "成交时间是空的，按订单号里的日期计",
    en: "the time is blank: the date in the order id is used",
  },
  no_time: {
    zh: "没有任何时间，订单会保留，但归不到哪一周",
    en: "no time is stated: the order is kept and belongs to no week",
  },
  time_from_export: {
    zh: "文件里没有下单时间，按导出时间计",
    en: "the file states no time: that of the export is used",
  },
  split_ambiguous: {
    zh: "一行里合并了几件商品，各件数量看不出来",
    en: "several goods are merged into one row, and their quantities can't be told apart",
  },
  left_before_joined: {
    zh: "退群时间不晚于入群时间",
    en: "the person left before they joined, or at the same time",
  },
  several_groups: {
    zh: "这一格像是写了几个群，现在当作一个叫这个名字的群：在几个群的人请一个群写一行，再导入（先撤销这一份）",
    en: "the cell seems to name several groups and is taken for one of that name: give whoever is in several a row for each, undo this import and import again",
  },
  unknown_role: {
    zh: "角色不认识，可以写：成员、员工（群主、管理员、客服）、机器人、合作方、托，或 member、staff、bot、partner、shill",
    en: "a role is one of member, staff (owner, admin), bot, partner, shill",
  },
  unknown_leave_kind: {
    zh: "离开方式不认识，可以写：退群、被踢，或 quit、kick",
    en: "how somebody left is quit or kick",
  },
  unknown_event_type: {
    zh: "日历的类型不认识，可以写：秒杀、团购、抽奖、直播、话题、线下、SOP调整、放假、其他",
    en: "the calendar type is not known; it is one of flash_sale, group_buy, lottery, live, topic, offline, sop_change, holiday, other",
  },
  ends_before_start: { zh: "结束早于开始", en: "the end is before the start" },
  negative_amount: {
    zh: "金额不能是负数（退款写在退款金额一列，也不带负号）",
    en: "the amount is negative (what went back stands in the column of refunds, without a sign)",
  },
  refund_above_amount: { zh: "退款大于实付", en: "the refund is larger than the amount paid" },
  text_before_first_message: { zh: "第一条消息之前的文字", en: "text before the first message" },
  unknown_record: { zh: "看不懂的记录", en: "the record can't be understood" },
  suspected_overlap: {
    zh: "这个群同一分钟里说的话和本文件大多一样，像是同一个群各导出了一次（换了工具，或群改过名），会算两遍。请撤销其中一份；或重新导入时选同一个群（命令行 --group），并用同一种工具导出",
    en: "what this group said within the same minutes is mostly what this file says: one chat exported twice, with another tool or under an earlier name, would count twice. Undo one of the two, or import both into one group (--group), exported with one tool",
  },
  bad_plan: { zh: "计划的这一项不对", en: "this item of the plan is wrong" },
};

/** What an issue code says, in both languages, of a column as people call it; an importer's own code without a text shows as it is. */
export function issueText(code: string, column: string | null): Text {
  const text = TEXTS[code] ?? { zh: code, en: code };
  if (column === null) return text;
  const title = fieldTitle(column) ?? { zh: column, en: column };
  return { zh: `${title.zh}：${text.zh}`, en: `${title.en}: ${text.en}` };
}
