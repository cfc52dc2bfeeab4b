import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { importFile } from "../../src/ingest/import-file.ts";
import { NOW } from "../support/community.ts";
import { importSession } from "../support/session.ts";

const made = importSession();

const TITLES = [[], ["导出数据"], [""], ["导出数据", ""], ["", "导出数据", "2026-11-23 10:00:00"]];
const ORDERS = [
  "order_id,paid_at,amount,remark",
  "o1,2026-11-03 15:04:05,10,x",
  "o2,2026-11-03 15:04:05,5,y",
];
const SURVEY = [
  "序号,提交答卷时间,所用时间,来源,来源详情,来自IP,1、您为什么不常来了,总分",
  "1,2026/11/3 15:04:05,30秒,微信,,,太吵,1",
  "2,2026/11/3 15:05:05,30秒,微信,,,太忙,1",
];

it("lines may end in any way, above the header and in it too: no row is lost", async () => {
  const ends = fc.constantFrom("\n", "\r\n", "\r");
  const shape = fc.tuple(
    fc.constantFrom(...TITLES),
    fc.constantFrom(ORDERS, SURVEY),
    fc.infiniteStream(ends),
  );
  let at = 0;
  await fc.assert(
    fc.asyncProperty(shape, async ([titles, table, stream]) => {
      const path = join(made.community.root, `table-${at++}.csv`);
      const text = [...titles, ...table].map((line) => line + stream.next().value).join("");
      writeFileSync(path, text);
      const result = await importFile(path, importers, made.session, { now: NOW, dryRun: true });
      expect([text, result.read, result.accepted]).toEqual([text, 2, 2]);
    }),
    { numRuns: 40, endOnFailure: true },
  );
}, 120_000);

it("a blank first column whose table has to be read slowly is read all the same", async () => {
  const path = join(made.community.root, "blank-first.csv");
  writeFileSync(
    path,
    ",order_id,paid_at,amount\n,o1,2026-11-03 15:04:05,10\n,o2,2026-11-03 15:04:05,5\n\r\n",
  );
  const result = await importFile(path, importers, made.session, { now: NOW, dryRun: true });
  expect(result).toMatchObject({ read: 2, accepted: 2, issues: [] });
});
