import { expect, it } from "vitest";
import { failedFile } from "../../src/commands/import.ts";
import { importLines, statusText } from "../../src/commands/import-lines.ts";
import type { FileResult } from "../../src/ingest/import-file.ts";
import { UserError } from "../../src/kit/errors.ts";

const totals = { files: 4, read: 2, accepted: 2, duplicate: 0, rejected: 0, failed: 3 };
const hint = { zh: "用 --date-order 说明。", en: "Say --date-order." };
const failed = (path: string, zh: string, way?: typeof hint) =>
  failedFile(path, new UserError({ zh, en: zh }, way ? { hint: way } : {}));
const good: FileResult = {
  ...failed("好.csv", ""),
  importer: "fupan-orders",
  status: "imported",
  read: 2,
  accepted: 2,
  issues: [],
};

it("names the files that failed last, and says each way out once", () => {
  const files = [
    failed("a.txt", "a 的日期有两种读法", hint),
    good,
    failed("b.zip", "b.zip 解压失败"),
    failed("c.txt", "c 的日期有两种读法", hint),
  ];
  expect(importLines({ files, totals }, "zh").split("\n")).toEqual([
    "✓ 好.csv（fupan-orders）已导入，读 2 = 入库 2 + 重复 0 + 拒绝 0",
    "✗ a.txt：a 的日期有两种读法",
    "✗ c.txt：c 的日期有两种读法",
    "    → 用 --date-order 说明。",
    "✗ b.zip：b.zip 解压失败",
    "共 4 个文件：读 2 = 入库 2 + 重复 0 + 拒绝 0，失败 3 个文件",
  ]);
});

it("has the marks of its own language", () => {
  const files = [failed("a.txt", "nothing is known of a"), good];
  expect(importLines({ files, totals }, "en").split("\n").slice(0, 2)).toEqual([
    "✓ 好.csv (fupan-orders) imported, read 2 = accepted 2 + duplicate 0 + rejected 0",
    "✗ a.txt: nothing is known of a",
  ]);
  expect([statusText("failed", "zh"), statusText("unchanged", "zh")]).toEqual(["没有导入", "以前导入过"]);
});
