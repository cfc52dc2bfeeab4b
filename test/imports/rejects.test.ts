import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { writeWorkbook } from "../../src/report/workbook.ts";
import { rejectsFile } from "../../src/server/imports/rejects.ts";
import { Community } from "../support/community.ts";

const BATCH = "0f0f0f0f-0000-4000-8000-000000000000";
const HEAD = "order_id,paid_at,amount,buyer_name,remark";
const ROWS = [
  "A1,2026-11-10 12:00:00,5.00,小满,",
  'A2,2026-11-11 12:00:00,待定,阿青,"先付, 再改"',
  "A3,昨天,7.00,老陈,",
];

describe("the rejected rows of a table", () => {
  let community: Community;
  beforeEach(() => {
    community = new Community();
  });
  afterEach(() => community.remove());

  const orders = () =>
    community.lake((lake) =>
      lake.all("select order_id, amount::double as amount from lake.orders order by 1"),
    );

  const [good = "", ...bad] = ROWS;
  const table = `${HEAD}\n${ROWS.join("\n")}\n`;
  it.each<[string, string, string | (() => Promise<Buffer>)]>([
    ["as it is written by programs", "orders.csv", table],
    ["with a title above its header", "orders.csv", `导出时间 2026-11-12,,,,\n${table}`],
    ["with the line ends of two systems", "orders.csv", `${HEAD}\n${good}\r\n${bad.join("\n")}\n`],
    ["with tabs", "orders.tsv", tabbed(table)],
    ["in UTF-16", "orders.csv", async () => Buffer.from(`\uFEFF${table}`, "utf16le")],
  ])(
    "%s come back under its header; mended and dropped again only they are added",
    async (_what, name, made) => {
      const content = typeof made === "string" ? made : await made();
      expect(await community.import(name, content, { batch: BATCH })).toMatchObject({
        accepted: 1,
        rejected: 2,
      });
      const { csv, head, rows } = await download();
      expect(head).toBe(`${HEAD},__行号,__原因`);
      expect(rows[0]).toMatch(/^A2,2026-11-11 12:00:00,待定,阿青,"先付, 再改",\d,实付金额：金额看不懂/);
      const mended = csv.replace("待定", "6.00").replace("昨天", "2026-11-12 12:00:00");
      expect(await community.import("rejects.csv", mended)).toMatchObject({ accepted: 2, rejected: 0 });
      expect(await orders()).toEqual([
        { order_id: "A1", amount: 5 },
        { order_id: "A2", amount: 6 },
        { order_id: "A3", amount: 7 },
      ]);
    },
  );

  it("of a workbook come back as one; mended and dropped again only they are added", async () => {
    expect(await community.import("订单.xlsx", await workbook(), { batch: BATCH })).toMatchObject({
      accepted: 1,
      rejected: 2,
    });
    const { state, workspace } = community;
    const file = await rejectsFile(state, workspace.lake, BATCH, "zh", importers);
    expect(file?.name).toBe("订单.rejects-0f0f0f0f.xlsx");
    const sheet = sheetOf(file?.body);
    expect(sheet).toMatch(
      /order_id.*buyer_name.*__行号.*__原因.*A2.*待定.*先付, 再改.*金额看不懂.*A3.*昨天/s,
    );
    const mended = sheet.replace("待定", "6.00").replace("昨天", "2026-11-12 12:00:00");
    const again = await withSheet(file?.body, mended);
    expect(await community.import(file?.name ?? "", again)).toMatchObject({ accepted: 2, rejected: 0 });
    expect((await orders()).map(({ amount }) => amount)).toEqual([5, 6, 7]);
  });

  it("of a workbook whose days count from 1904 keep their days", async () => {
    const cells = [HEAD.split(","), ["B1", "43957.5", "待定", "", ""]];
    const [heads = [], ...rows] = cells;
    const sheets = [{ name: "订单", heads: heads.map((title) => ({ title, kind: "text" as const })), rows }];
    await community.import("旧.xlsx", await writeWorkbook(sheets, true), { batch: BATCH });
    const { state, workspace } = community;
    const file = await rejectsFile(state, workspace.lake, BATCH, "zh", importers);
    await community.import(
      file?.name ?? "",
      await withSheet(file?.body, sheetOf(file?.body).replace("待定", "6")),
    );
    const [order] = await community.lake((lake) =>
      lake.all("select paid_at::date::varchar as day from lake.orders"),
    );
    expect(order).toEqual({ day: "2024-05-07" });
  });

  it("that its reader could not take apart come back in cells: too few, too many, a quote that never closes", async () => {
    const torn = [
      `${good}`,
      "A2,2026-11-11 12:00:00,6.00",
      "A3,2026-11-12 12:00:00,7.00,老陈,好,多,余",
      'A4,2026-11-12 12:00:00,8.00,"老李,急\n还是急',
    ];
    const result = await community.import("orders.csv", `${HEAD}\r\n${torn.join("\n")}\n`, { batch: BATCH });
    expect(result).toMatchObject({ read: 4, accepted: 1, rejected: 3 });
    const { csv, head, rows } = await download();
    expect(head).toBe(`${HEAD},col_6,col_7,__行号,__原因`);
    expect(rows[0]).toMatch(/^A2,2026-11-11 12:00:00,6.00,,,,,3,/);
    expect(rows[1]).toMatch(/^A3,2026-11-12 12:00:00,7.00,老陈,好,多,余,4,/);
    expect(rows.slice(2).join("\n")).toMatch(
      /^A4,2026-11-12 12:00:00,8.00,"""老李","急\n还是急",,,5,引号没有成对$/,
    );
    const mended = csv.replace('"""老李"', "老李");
    expect(await community.import("rejects.csv", mended)).toMatchObject({ accepted: 3, rejected: 0 });
    expect((await orders()).map(({ amount }) => amount)).toEqual([5, 6, 7, 8]);
  });

  it("keep the cells that no importer reads, and two columns of one name, where the reader wrote the table anew", async () => {
    const wide = `${HEAD},备注,备注\r\nA1,昨天,5.00,小满,,甲,乙\nA2,昨天,5.00,小满,,甲,乙\n`;
    await community.import("orders.csv", wide, { batch: BATCH });
    const { head, rows } = await download();
    expect([head, rows[0]]).toEqual([
      `${HEAD},备注,备注__2,__行号,__原因`,
      expect.stringMatching(/^A1,昨天,5.00,小满,,甲,乙,2,/),
    ]);
  });

  it("whose header alone says what its columns are come back as the rows they were", async () => {
    const survey = "序号,提交答卷时间,所用时间,来源,来自IP,1、喝什么,2、几点";
    const rows = ["1,2026/11/10 12:00:00,3秒,微信,1.1.1.1,绿茶,三点", "2,昨天,3秒,微信,1.1.1.1,红茶,四点"];
    expect(
      await community.import("问卷.csv", `${survey}\n${rows.join("\n")}\n`, { batch: BATCH }),
    ).toMatchObject({
      accepted: 2,
      rejected: 2,
    });
    const { csv, head, rows: refused } = await download();
    expect([head, ...refused]).toEqual([
      `${survey},__行号,__原因`,
      ...Array(2).fill(expect.stringMatching(/^2,昨天,3秒,微信,1.1.1.1,红茶,四点,3,提交时间：时间看不懂/)),
    ]);
    const mended = csv.replaceAll("昨天", "2026/11/11 12:00:00");
    expect(await community.import("改好.csv", mended)).toMatchObject({
      importer: "wenjuanxing",
      rejected: 0,
    });
    const asked = await community.lake((lake) =>
      lake.all("select distinct question from lake.survey_answers"),
    );
    expect(asked.map(({ question }) => String(question)).sort()).toEqual(["几点", "喝什么"]);
    const answers = await community.lake((lake) =>
      lake.all("select distinct answer from lake.survey_answers order by 1"),
    );
    expect(answers.map(({ answer }) => answer)).toEqual(
      expect.arrayContaining(["三点", "四点", "红茶", "绿茶"]),
    );
  });

  it("in GB18030 come back in UTF-8", async () => {
    const [name, pending] = ["d0a1c2fa", "b4fdb6a8"].map((hex) => Buffer.from(hex, "hex").toString("latin1"));
    const text = `${HEAD}\r\nA1,2026-11-10 12:00:00,5.00,${name},\nA2,2026-11-10 12:00:00,${pending},${name},\n`;
    await community.import("orders.csv", Buffer.from(text, "latin1"), { batch: BATCH });
    const { head, rows } = await download();
    expect([head, ...rows]).toEqual([
      `${HEAD},__行号,__原因`,
      expect.stringMatching(/^A2,2026-11-10 12:00:00,待定,小满,,3,/),
    ]);
  });

  async function download() {
    const { state, workspace } = community;
    const file = await rejectsFile(state, workspace.lake, BATCH, "zh", importers);
    const csv = file?.body.toString() ?? "";
    const [head = "", ...rows] = csv
      .replace(/^\uFEFF/, "")
      .trim()
      .split(/\r?\n/);
    return { csv, head, rows };
  }
});

const SHEET = "xl/worksheets/sheet1.xml";

const sheetOf = (book: Buffer | undefined) =>
  Object.entries(unzipSync(book ?? Buffer.alloc(0)))
    .flatMap(([path, xml]) => (path === SHEET ? [strFromU8(xml)] : []))
    .join("");

async function withSheet(book: Buffer | undefined, sheet: string): Promise<Buffer> {
  return Buffer.from(zipSync({ ...unzipSync(book ?? Buffer.alloc(0)), [SHEET]: strToU8(sheet) }));
}

/** Tabs for the commas, but the one that stands in a cell. */
function tabbed(table: string): string {
  return table.replaceAll(",", "\t").replace("先付\t", "先付,");
}

async function workbook(): Promise<Buffer> {
  const rows = ROWS.map((row) => tabbed(row).replaceAll('"', "").split("\t"));
  const heads = HEAD.split(",").map((title) => ({ title, kind: "text" as const }));
  return Buffer.from(await writeWorkbook([{ name: "订单", heads, rows }]));
}
