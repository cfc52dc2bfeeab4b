import { expect, test } from "vitest";
import { importsPage } from "../../src/server/page/imports.ts";
import type { ListedImport } from "../../src/state/ledger.ts";

const entry = (id: number, batch: string, rejected = 0) =>
  ({
    id,
    fileName: `名单${id}.csv`,
    importer: "daily-list",
    encoding: "utf-8",
    read: 3 + rejected,
    accepted: 3,
    duplicate: 0,
    rejected,
    from: null,
    to: null,
    batch,
    warnings: [],
    isIncomplete: false,
  }) as unknown as ListedImport;

test("what an undo takes away is known before: files and rows of the whole batch, and rejected rows of any of it", () => {
  const imports = [entry(1, "b", 2), entry(2, "b"), entry(3, "c")];
  const text = String(
    importsPage({
      lang: "zh",
      imports,
      groups: [],
      canImport: true,
      timezone: "Asia/Shanghai",
      reconciled: null,
    }),
  );
  const buttons = text.matchAll(/data-undo="(\w)" data-files="([^"]*)" data-rows="(\d+)"/g);
  expect([...buttons].map((one) => one.slice(1))).toEqual([
    ["c", "[&#34;名单3.csv&#34;]", "3"],
    ["b", "[&#34;名单1.csv&#34;,&#34;名单2.csv&#34;]", "6"],
  ]);
  expect(text.match(/\d 个文件，\d 行/g)).toEqual(["2 个文件，6 行"]);
  expect(text.match(/imports\/\w\/rejects/g)).toEqual(["imports/b/rejects"]);
});
