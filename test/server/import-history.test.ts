import { expect, test } from "vitest";
import { importsPage } from "../../src/server/page/imports.ts";
import type { ListedImport } from "../../src/state/ledger.ts";

const entry = (id: number, more: Partial<ListedImport> = {}): ListedImport => ({
  id,
  fileName: `名单${id}.csv`,
  sha256: String(id),
  bytes: 1,
  encoding: "utf-8",
  importer: "daily-list",
  kind: "members",
  options: "{}",
  read: 3,
  accepted: 3,
  duplicate: 0,
  rejected: 0,
  from: "2026-11-01T00:00:00",
  to: "2026-11-02T00:00:00",
  asOf: null,
  groups: [],
  batch: null,
  warnings: [],
  importedAt: "2026-11-03T00:00:00",
  isIncomplete: false,
  ...more,
});
const page = (imports: ListedImport[], formats?: ReadonlyMap<string, { zh: string; en: string }>) =>
  String(
    importsPage({
      lang: "zh",
      imports,
      groups: [],
      canImport: false,
      timezone: "Asia/Shanghai",
      reconciled: null,
      formats,
    }),
  );

test("of many files the newest are read at once, all others a click away, none twice", () => {
  const text = page(Array.from({ length: 45 }, (_, at) => entry(at + 1)));
  const [open = "", folded = ""] = text.split("<details");
  expect([open.match(/名单\d+/g)?.length, folded.match(/名单\d+/g)?.length]).toEqual([20, 25]);
  expect([open.includes("名单45.csv"), open.includes("名单25.csv"), folded.includes("名单1.csv")]).toEqual([
    true,
    false,
    true,
  ]);
  expect(folded).toContain("再看更早的 25 个文件");
  expect(page([entry(1)])).not.toContain("<details");
});

test("a format is called by its name, a file without times has none", () => {
  const formats = new Map([["daily-list", { zh: "每日名单", en: "Daily list" }]]);
  const text = page([entry(1, { from: null, to: null }), entry(2, { importer: "gone" })], formats);
  expect(text).toContain("<td>每日名单</td>");
  expect(text).toContain("<td>gone</td>");
  expect(text).toContain('<td class="day full">—</td>');
  expect(text).toContain('<td class="day full">2026-11-01 – 2026-11-02</td>');
});

test("days are told in the zone of the workspace", () => {
  const text = page([entry(1, { from: "2026-10-31T16:00:00", to: "2026-11-30T15:59:59" })]);
  expect(text).toContain('<td class="day full">2026-11-01 – 2026-11-30</td>');
});

test("whatever a file is called, its name is one line with nothing hidden in it", () => {
  const text = page([entry(1, { fileName: "反\u202evsc.exe" }), entry(2, { fileName: "a\nb\u001b[31m" })]);
  expect(text).toContain("反\\u202evsc.exe");
  expect(text).toContain("a\\nb\\u001b[31m");
});

test("what was refused of a file that the command line imported is told where to read", () => {
  const hint = "行号和原因：fupan check";
  expect(page([entry(1, { rejected: 1, accepted: 2 })])).toContain(hint);
  expect(page([entry(1)])).not.toContain(hint);
  // On the page there is a file of them.
  expect(page([entry(1, { rejected: 1, accepted: 2, batch: "b1" })])).not.toContain(hint);
});
