import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { csvRecords } from "../../src/ingest/csv-records.ts";
import { hasLongLine } from "../../src/ingest/long-lines.ts";

const MIB = 1 << 20;
let root: string;
let path: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "fupan-lines-"));
  path = join(root, "x.csv");
});
afterEach(() => rmSync(root, { recursive: true }));

test.each([
  ["short lines", "a,b\n".repeat(3 * MIB), false],
  ["a line of 7 MiB may be seen by DuckDB itself", `a\n${"x".repeat(3 * MIB)}\nb\n`, false],
  ["a line of 9 MiB at the beginning", `${"x".repeat(9 * MIB)}\nb\n`, true],
  ["a line of 9 MiB that begins anywhere", `${"a\n".repeat(1_111_111)}${"x".repeat(9 * MIB)}\nb\n`, true],
  ["a line of 9 MiB at the end", `a\n${"x".repeat(9 * MIB)}`, true],
  ["lines that end in CR", `${"x".repeat(MIB)}\r`.repeat(12), false],
])("%s", (_what, text, isLong) => {
  writeFileSync(path, text);
  expect(hasLongLine(path)).toBe(isLong);
});

test.each([
  ["bare", "x".repeat(5 * MIB)],
  ["behind an open quote", `"${"x".repeat(5 * MIB)}`],
  ["quoted", `"${"x".repeat(5 * MIB)}"`],
  ["with quotes", `${"x".repeat(3 * MIB)}"${"y,".repeat(MIB)}`],
])("a record that is too long, %s: its line is told, the next is read", async (_what, long) => {
  for (const end of ["\n", "\r\n", "\r"]) {
    writeFileSync(path, ["a,b", `c,${long}`, "d,e", "f,g"].join(end));
    const records = [];
    for await (const { line, fields, isLong } of csvRecords(path, ","))
      records.push([line, isLong ? "long" : fields]);
    expect(records).toEqual([
      [1, ["a", "b"]],
      [2, "long"],
      [3, ["d", "e"]],
      [4, ["f", "g"]],
    ]);
  }
});
