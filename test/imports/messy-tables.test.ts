import { afterEach, beforeEach, expect, it } from "vitest";
import { UserError } from "../../src/kit/errors.ts";
import { Community, csv } from "../support/community.ts";
import { ole } from "../support/ole.ts";
import { workbook } from "../support/workbook.ts";

/* Tables as people keep and re-save them: what is taken is right, what is not names its line. */
let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const order = (id: string, over: Record<string, string> = {}) => ({
  order_id: id,
  paid_at: "2026-11-03 15:04:05",
  amount: "10",
  ...over,
});
const orders = (columns: string) =>
  community.lake((database) => database.all(`select ${columns} from lake.orders order by order_id`));

it("amounts as written by hand: a comma separates thousands, or the row is refused", async () => {
  const right = {
    "¥1,234.50": 1234.5,
    "1,234.50元": 1234.5,
    "￥１，２３４．５０": 1234.5,
    "-": null,
    "1 234.50": 1234.5,
    "1,23,456.00": 123_456,
    "12.00（含运费2.00）": 12,
    "¥ 12": 12,
    "999,999,999,999.99": 999_999_999_999.99,
  };
  const unread = ["1.234,50", "12,50", "12,5", "1 234,50", "1,2345", "1,234,5", "(12.00)", "12%", "1.2万"];
  // Numbers of other columns: an order's, a payment's.
  const wrong = [...unread, "1000000000000", "4200001234567890", "1,000,000,000,000"];
  const taken = Object.keys(right);
  const result = await community.import(
    "amounts.csv",
    csv([...taken, ...wrong].map((amount, at) => order(String(at + 10), { amount }))),
  );
  expect(result.issues.map(({ line, column, code }) => [line, column, code])).toEqual([
    [taken.indexOf("-") + 2, "amount", "missing_value"],
    ...wrong.map((_, at) => [taken.length + at + 2, "amount", "bad_money"]),
  ]);
  expect((await orders("amount")).map((row) => row["amount"])).toEqual(
    Object.values(right).filter((amount) => amount !== null),
  );
});

it("times as written by hand are read as they were meant, or the row is refused", async () => {
  const afternoon = [
    "2026年11月3日15:04",
    "2026年11月3日 下午3:04",
    "2026/11/3 下午 3:04:00",
    "2026-11-03 03:04 PM",
    "2026/11/3 3:04pm",
    "2026.11.3 15:04",
    "２０２６－11－03 15：04",
    "2026年11月3日 15时04分",
    "46329.627777777776",
  ];
  const midnight = ["2026.11.3", "20261103", "2026年11月3日", "2026-11-03 上午12:00", "11月3日"];
  const wrong = ["11/3/2026 15:04", "2026-11-31", "2026-11-03 25:00", "2026-11-03 下午15:04", "昨天"];
  const result = await community.import(
    "times.csv",
    csv([...afternoon, ...midnight, ...wrong].map((paid_at, at) => order(String(at + 10), { paid_at }))),
  );
  expect(result.issues.map(({ line, code }) => [line, code])).toEqual(
    wrong.map((_, at) => [afternoon.length + midnight.length + at + 2, "bad_time"]),
  );
  expect((await orders("paid_at::varchar as at")).map((row) => row["at"])).toEqual([
    ...afternoon.map(() => "2026-11-03 15:04:00"),
    ...midnight.map(() => "2026-11-03 00:00:00"),
  ]);
});

it("times as databases write them say their zone", async () => {
  const stated = [
    "2026-11-03 07:04:00+00",
    "2026-11-03 15:04:00.000+08",
    "2026-11-03T02:04:00-05",
    "2026-11-03 07:04:00 UTC",
    "2026-11-03 07:04 GMT",
    "2026-11-03T15:04+08:00",
    "2026-11-03 15:04:00 +0800",
  ];
  await community.import("zones.csv", csv(stated.map((paid_at, at) => order(String(at + 10), { paid_at }))));
  expect(await orders("paid_at::varchar as at, paid_at_is_utc as is_utc")).toEqual(
    stated.map(() => ({ at: "2026-11-03 07:04:00", is_utc: true })),
  );
});

it("rows of sums and empty rows are no orders, wherever the number of the order stands", async () => {
  const sums = ["合计", "小计", "总计：3 单", "本页合计", "Total", "Grand Total"].map((word) =>
    order(word, { paid_at: "2026-11-03", amount: "20" }),
  );
  const text = csv([order("1"), ...sums, order("2")]);
  expect(await community.import("sums.csv", `${text},,\n , ,\n\n`)).toMatchObject({ read: 2, accepted: 2 });
  const turned = csv([
    { amount: "5", order_id: "3", paid_at: "2026-11-03" },
    { amount: "5", order_id: "合计", paid_at: "2026-11-03" },
    { amount: "6", order_id: "Total-4", paid_at: "2026-11-03" },
  ]);
  expect(await community.import("turned.csv", turned)).toMatchObject({ read: 2, accepted: 2 });
  expect((await orders("order_id")).map((row) => row["order_id"])).toEqual(["1", "2", "3", "Total-4"]);
});

it("a title above the header does not hide what separates the columns", async () => {
  const text = `十一月订单\n\n${csv([order("1")]).replaceAll(",", "\t")}`;
  expect(await community.import("title.txt", text)).toMatchObject({ accepted: 1, rejected: 0 });
});

it.each([
  ["旧.xls", ole({ Workbook: "" }), "是旧版表格", "另存为 .xlsx"],
  ["网页.xls", "<html><table><tr><td>order_id</td></tr></table></html>", "里面是网页", "另存为 .xlsx"],
  [
    "xml.xls",
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "里面是网页",
    ".xlsx",
  ],
  ["图.csv", Buffer.from("89504e470d0a1a0a", "hex"), "不是表格", "从平台导出"],
  ["白.csv", "\uFEFF \n\n", "是空文件", "重新导出"],
])("%s is refused by what it is", async (name, content, what, todo) => {
  const error = await community.import(name, content).catch((thrown: unknown) => thrown);
  if (!(error instanceof UserError)) throw new Error("not refused");
  expect(error.in("zh")).toContain(`${name} ${what}`);
  expect(error.in("zh")).toContain(todo);
});

it("bytes that can't be read are told of", async () => {
  const text = Buffer.from(csv([order("1", { buyer_name: "茶友" })]));
  text[text.lastIndexOf("友") + 1] = 0x20;
  const result = await community.import("bytes.csv", text);
  expect(result).toMatchObject({ accepted: 1 });
  expect(result.notes.map(({ zh }) => zh).join()).toContain("有些字读不出来");
});

const HEADER = ["order_id", "paid_at", "amount"];

it("a sheet per month is one table, and a bad cell is named by its sheet and row", async () => {
  const book = workbook([
    {
      name: "十月",
      rows: {
        1: ["十月订单"],
        2: HEADER,
        4: ["a1", 46_300, 5],
        5: ["a2\n补", 46_301, "x"],
        6: ["合计", "", 10],
      },
    },
    { name: "说明", rows: { 1: ["请勿修改"] } },
    {
      name: "十一月",
      rows: { 1: HEADER, 2: ["b1", 46_329, 6], 3: ["", "", ""], 4: ["b2", "昨天", 7], 9: ["b3", 46_330, 8] },
    },
    { name: "旧版", rows: { 1: ["amount", "paid_at", "order_id"], 2: [9, 46_331, "c1"] } },
  ]);
  const result = await community.import("book.xlsx", book);
  expect(result).toMatchObject({ read: 5, accepted: 3, rejected: 2 });
  expect(new Set(result.issues.map(({ line, column, code }) => `${line} ${column} ${code}`))).toEqual(
    new Set(["5 十月!amount bad_money", "4 十一月!paid_at bad_time"]),
  );
  expect((await orders("order_id")).map((row) => row["order_id"])).toEqual(["a1", "b1", "b3"]);
  const notes = result.notes.map(({ zh }) => zh).join("\n");
  expect(notes).toContain("2 张工作表");
  expect(notes).toContain("旧版 的表头不同，没有读");
});

it("a hidden sheet gives way to one that is shown, however full it is", async () => {
  const full = { 1: HEADER, 2: ["h1", 46_329, 1], 3: ["h2", 46_329, 1] };
  await community.import(
    "hidden.xlsx",
    workbook([
      { name: "备份", state: "hidden", rows: full },
      { name: "订单", rows: { 1: HEADER, 2: ["s1", 46_329, 1] } },
    ]),
  );
  expect((await orders("order_id")).map((row) => row["order_id"])).toEqual(["s1"]);
});

it("the days of a workbook that counts from 1904", async () => {
  const rows = { 1: HEADER, 2: ["m1", 44_867.5, 1] };
  await community.import("mac.xlsx", workbook([{ name: "订单", rows }], '<workbookPr date1904="1"/>'));
  expect(await orders("paid_at::varchar as at")).toEqual([{ at: "2026-11-03 12:00:00" }]);
});

it("an order whose cells are merged over the rows of its goods is one order, and its amount counts once", async () => {
  const head = ["订单号", "用户应付金额(元)", "SKU名称", "小红书编码", "订单状态", "支付时间"];
  const rows = {
    1: ["十一月订单"],
    2: head,
    3: ["P1001", "48.50", "茶A", "s1", "已完成", "2026-11-03 12:00:00"],
    4: ["", "", "茶B", "s2", "", ""],
    5: ["P1002", 20, "茶B", "s2", "待配货", 46_329],
    6: ["", "", "", "", "", ""],
  };
  const down = (from: number, to: number) =>
    ["A", "B", "E", "F"].map((column) => `${column}${from}:${column}${to}`);
  const merges = ["A1:F1", ...down(3, 4), ...down(5, 6)];
  const result = await community.import("千帆.xlsx", workbook([{ name: "订单", rows, merges }]));
  expect(result).toMatchObject({ importer: "xiaohongshu-orders", read: 3, accepted: 3, rejected: 0 });
  expect(await orders("order_id, amount::double as amount, status, paid_at::date::varchar as day")).toEqual([
    { order_id: "P1001", amount: 48.5, status: "completed", day: "2026-11-03" },
    { order_id: "P1002", amount: 20, status: "paid", day: "2026-11-03" },
  ]);
  const goods =
    "select title, amount::double as amount from lake.order_items where order_id = 'P1001' order by 1";
  expect(await community.lake((lake) => lake.all(goods))).toEqual([
    { title: "茶A", amount: 48.5 },
    { title: "茶B", amount: null },
  ]);
});

it("numbers that are merged count in the first column alone, where they are the key", async () => {
  const head = ["跟团号", "下单人", "支付时间", "商品", "订单金额", "订单状态"];
  const rows = {
    1: head,
    2: [7, "小满", "2026-11-03 12:00:00", "茶+1", 20, "已支付"],
    3: ["", "", "", "杯+1", "", ""],
  };
  const merges = ["A2:A3", "B2:B3", "C2:C3", "E2:E3", "F2:F3"];
  const result = await community.import("团.xlsx", workbook([{ name: "订单", rows, merges }]));
  expect(result.accepted + result.rejected).toBe(2);
  expect(await orders("order_id, amount::double as amount")).toEqual([{ order_id: "团/7", amount: 20 }]);
});

it("a table under a title that ends in a time is no chat log", async () => {
  const title = "店铺：好茶,导出时间：2026-11-05 10:00:00\n\n";
  const result = await community.import("orders.csv", `${title}${csv([order("t1")])}`);
  expect(result).toMatchObject({ importer: "fupan-orders", accepted: 1 });
});

it("when an export was made is what its title says, unless two titles differ: an older one moves no status back", async () => {
  const table = (title: string, status: string) => `${title}\n${csv([order("e1", { status })])}`;
  await community.import("b.csv", table("店铺：好茶,导出时间：2026-11-05 10:00", "completed"));
  await community.import("a.csv", table("店铺：好茶,导出时间：2026/11/4 9:05:06", "paid"));
  await community.import("c.csv", table("导出时间：2026-11-06 10:00,导出时间：2026-11-07 10:00", "shipped"));
  expect(
    await community.lake((lake) =>
      lake.all("select status, as_of::varchar as at from lake.orders order by 1"),
    ),
  ).toEqual([
    { status: "completed", at: "2026-11-05 10:00:00" },
    { status: "paid", at: "2026-11-04 09:05:06" },
    { status: "shipped", at: null },
  ]);
});

it("figures of groups are of the day that the title of their export says", async () => {
  const head = "客户群名称,群主,群标签,群人数,当日群人数,当日入群,当日退群,创群时间,群ID";
  const title = "客户群列表 导出时间：2026-11-01 10:00:00,,,,,,,,";
  const result = await community.import(
    "群.csv",
    `${title}\n${head}\n茶友群,kf,,120,120,3,1,2025-01-01 10:00:00,wr1\n`,
  );
  expect(result).toMatchObject({ importer: "openscrm-groups", accepted: 4, rejected: 0 });
});
