import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RecordFile } from "../../src/ingest/record-file.ts";
import { Database } from "../../src/warehouse/database.ts";

const root = mkdtempSync(join(tmpdir(), "fupan-records-"));
const COLUMNS = ["a", "b", "c"];
let database: Database;
let files = 0;
beforeAll(async () => {
  database = await Database.open(":memory:");
});
afterAll(() => {
  database.close();
  rmSync(root, { recursive: true, force: true });
});

type Values = Record<string, string | null>;

function write(rows: readonly Values[]) {
  const file = new RecordFile(join(root, `r${++files}`), COLUMNS);
  const answers = rows.map((values, at) => file.add({ kind: "row", line: at + 1, values }));
  return { file, answers, filled: file.close() };
}

async function through(rows: readonly Values[]): Promise<Values[]> {
  const { file, filled } = write(rows);
  const read = await database.all(file.rows());
  expect(read.map(({ line }) => line)).toEqual(rows.map((_, at) => at + 1));
  return read.map((row) =>
    Object.fromEntries([...filled].map((column) => [column, row[column] as string | null])),
  );
}

const expected = (rows: readonly Values[]) => {
  const filled = COLUMNS.filter((column) => rows.some((row) => (row[column] ?? null) !== null));
  return rows.map((row) => Object.fromEntries(filled.map((column) => [column, row[column] ?? null])));
};

describe("records on their way into the database", () => {
  it("keep every character, empty texts and missing ones, in columns that come late", async () => {
    const cell = fc.oneof(
      fc.constantFrom(
        null,
        "",
        "\u0001",
        "\u0001n",
        "\u0001e",
        "\u0002",
        "\r\n",
        "\0",
        '"',
        "\\",
        ",",
        "\u001f",
        "NULL",
        "#",
      ),
      fc.string({ unit: "binary" }),
      fc
        .array(fc.constantFrom("\u0001", "m", "e", "n", "\n", "\u0002", "\0"), { maxLength: 6 })
        .map((all) => all.join("")),
    );
    const rows = fc.array(fc.record({ a: cell, b: cell, c: cell }, { requiredKeys: [] }), {
      minLength: 1,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        expect(await through(all)).toEqual(expected(all));
      }),
      { numRuns: 150 },
    );
  });

  it("come back in their order when there are more than the reader holds at a time", async () => {
    const rows = Array.from({ length: 60_000 }, (_, at) => ({
      a: `${at} ${"茶".repeat(at % 200)}`,
      b: at % 3 ? null : "\n",
    }));
    const read = await through(rows);
    expect(read.findIndex(({ a, b }, at) => a !== rows[at]?.a || b !== rows[at]?.b)).toBe(-1);
  });

  it("leave out of the file what all say alike, and a group that one record lacks stays lacking", async () => {
    const rows = [
      { a: "茶", b: "x", c: "same" },
      { a: "茶", b: null, c: "same" },
      { a: "茶", b: "x", c: "other" },
    ];
    const { file } = write(rows);
    expect(Object.fromEntries(file.fixed())).toEqual({ a: "'茶'::varchar" });
    expect(await through(rows)).toEqual(rows);
    expect([...write([{ a: "it's" }]).file.fixed()]).toEqual([["a", "'it''s'::varchar"]]);
  });

  it("are refused by name where a cell or the whole is too long, and the others stay", async () => {
    const long = "x".repeat((1 << 20) + 1);
    const most = "茶".repeat(1 << 20);
    const { file, answers } = write([
      { a: "1" },
      { a: "2", b: long },
      { a: most, b: most },
      { a: most, b: most, c: most },
      { a: "5" },
    ]);
    expect(answers.map(({ refused }) => refused)).toEqual([undefined, "b", undefined, "text", undefined]);
    const read = await database.all(`select line, length(a) as n from (${file.rows()})`);
    expect(read).toEqual([
      { line: 1, n: 1 },
      { line: 3, n: 1 << 20 },
      { line: 5, n: 1 },
    ]);
  });
});
