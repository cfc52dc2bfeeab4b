import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { page, table } from "../support/page.ts";
import { Shell } from "./cli.ts";

const shell = new Shell();
afterAll(() => shell.remove());

test("a web page and a workbook in XML that are called .xls: identified, and imported from the inbox", () => {
  expect(shell.fupan("init", "ws").code).toBe(0);
  const inbox = join(shell.root, "ws", "inbox");
  const rows = (id: string) => [
    ["order_id", "paid_at", "amount"],
    [id, "2026-11-10 12:00:00", "5.00"],
  ];
  writeFileSync(join(inbox, "网页.xls"), page(table(rows("P1"))));
  const cells = rows("X1").map(
    (row) => `<Row>${row.map((one) => `<Cell><Data ss:Type="String">${one}</Data></Cell>`).join("")}</Row>`,
  );
  writeFileSync(
    join(inbox, "表格.xls"),
    `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>${cells.join("")}</Table></Worksheet></Workbook>`,
  );
  writeFileSync(join(inbox, "登录.xls"), "<html><body>请先登录</body></html>");
  const files = ["网页.xls", "表格.xls"].map((name) => join("ws", "inbox", name));
  const answers = shell.json<{ importer: string }[]>("identify", ...files);
  expect(answers.map(({ importer }) => importer)).toEqual(["fupan-orders", "fupan-orders"]);
  const { out, code } = shell.fupan("--workspace", "ws", "run");
  expect(out).toMatch(/✓ inbox\/网页\.xls.*读 1 = 入库 1/);
  expect(out).toMatch(/✓ inbox\/表格\.xls.*读 1 = 入库 1/);
  expect(out).toMatch(/✗ inbox\/登录\.xls[\s\S]*里面是网页，不是表格[\s\S]*另存为 \.xlsx/);
  expect(code).toBe(1);
});
