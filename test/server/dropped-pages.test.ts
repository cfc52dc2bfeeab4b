import { Readable } from "node:stream";
import { afterAll, expect, test } from "vitest";
import type { Chosen } from "../../src/server/imports/desk.ts";
import { Community } from "../support/community.ts";
import { testDesk } from "../support/desk.ts";
import { page, table } from "../support/page.ts";

/* Tables of web pages and workbooks in XML under the name .xls, dropped on the imports page: as from the command line. */
const community = new Community();
const desk = testDesk(community.workspace, community.state);
afterAll(() => {
  desk.jobs.close();
  community.remove();
});

const xml = (rows: readonly (readonly string[])[]) =>
  `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="台账"><Table>${rows
    .map(
      (row) => `<Row>${row.map((one) => `<Cell><Data ss:Type="String">${one}</Data></Cell>`).join("")}</Row>`,
    )
    .join("")}</Table></Worksheet></Workbook>`;
const html = (rows: readonly (readonly string[])[]) => page(table(rows));

const drop = async (name: string, body: string) => {
  const answer = await desk.recognise(await desk.uploads.take(name, Readable.from([Buffer.from(body)])));
  if ("archive" in answer) throw new Error("an archive");
  return answer;
};
const imported = async (chosen: Chosen) => {
  const job = desk.import([chosen]);
  await new Promise<void>((ended) => {
    job.follow(0, () => job.isOver && ended());
  });
  return job.events.flatMap(({ data }) => (data["type"] === "result" ? [data["result"]] : []));
};

test.each([
  ["a web page", html, "P"],
  ["XML", xml, "X"],
])("%s of a known table is recognised, shown and imported", async (_what, write, id) => {
  const rows = [
    ["order_id", "paid_at", "amount"],
    [`${id}1`, "2026-11-10 12:00:00", "5.00"],
    [`${id}2`, "昨天", "6.00"],
  ];
  const { upload, importer, table: shown } = await drop("订单.xls", write(rows));
  expect(importer?.id).toBe("fupan-orders");
  expect([shown?.header, ...(shown?.rows ?? [])]).toEqual(rows);
  expect(await imported({ upload })).toMatchObject([
    { status: "imported", read: 2, accepted: 1, rejected: 1, issues: [{ line: 3, code: "bad_time" }] },
  ]);
});

test.each([
  ["a web page", html, "M"],
  ["XML", xml, "N"],
])("%s that nobody knows, with a title above it, is mapped by its header", async (_what, write, id) => {
  const header = ["台账号", "入账", "实收款", "谁"];
  const rows = [
    ["十一月团购台账", "", "", ""],
    header,
    [`${id}1`, "2026-11-10 12:00:00", "5.00", "小满"],
    [`${id}2`, "2026-11-11 12:00:00", "6.50", "阿青"],
  ];
  const { upload, importer, table: shown } = await drop("台账.xls", write(rows));
  expect(importer).toBeNull();
  expect(shown?.header).toEqual(header);
  expect([shown?.rows, shown?.lines]).toEqual([rows.slice(2), [3, 4]]);
  const columns = { order_id: "台账号", paid_at: "入账", amount: "实收款", buyer_name: "谁" };
  expect(await imported({ upload, mapping: { kind: "order", columns } })).toMatchObject([
    { status: "imported", read: 2, accepted: 2, rejected: 0 },
  ]);
  const orders = await community.lake((lake) =>
    lake.all(
      "select order_id, amount::double as amount from lake.orders where order_id like $like order by 1",
      {
        like: `${id}%`,
      },
    ),
  );
  expect(orders).toEqual([
    { order_id: `${id}1`, amount: 5 },
    { order_id: `${id}2`, amount: 6.5 },
  ]);
});

test("a page without a table says what it is and what to do", async () => {
  await expect(drop("订单.xls", "<html><body>请先登录</body></html>")).rejects.toMatchObject({
    text: { zh: expect.stringContaining("里面是网页，不是表格") },
    hint: { zh: expect.stringContaining("另存为 .xlsx") },
  });
});
