import { describe, expect, test } from "vitest";
import { DOCUMENTS, filled } from "../../scripts/docs.ts";
import { formatSql } from "../../scripts/format-sql.ts";
import { checked, promises } from "../../scripts/promises.ts";
import { files, ROOT, read } from "./files.ts";

describe("what is written by machine", () => {
  test.each(DOCUMENTS)("%s is up to date", (file) => {
    const source = read(file);
    expect(source).toContain("<!-- generated:");
    expect(filled(source)).toBe(source);
  });

  test("an old table is written anew, an unknown one is an error", () => {
    const old = "a\n<!-- generated: kpis en -->\nold\n<!-- end -->\nb";
    expect(filled(old)).toMatch(
      /^a\n<!-- generated: kpis en -->\n\n\| KPI [\s\S]*activity_rate[\s\S]*<!-- end -->\nb$/,
    );
    expect(() => filled("<!-- generated: weather en -->\n<!-- end -->")).toThrow("weather");
  });

  test("a promise names tests that are there, and a wrong title is found", () => {
    const all = promises(ROOT).map(({ id }) => id);
    const numbered = (letter: string, last: number) =>
      Array.from({ length: last }, (_, at) => `${letter}${at + 1}`);
    expect(all.filter((id) => id.startsWith("R"))).toEqual(numbered("R", 42));
    expect(all.filter((id) => id.startsWith("F"))).toEqual(numbered("F", 12));
    expect(all).toHaveLength(42 + 12);
    const cases = promises(ROOT, "handbook.yaml").map(({ id }) => id);
    expect(cases.filter((id) => id.startsWith("C-"))).toHaveLength(16);
    expect(cases.filter((id) => id.startsWith("A."))).toHaveLength(10);
    const one = { promise: "x", tests: { "repo/generated.test.ts": ["nobody wrote this " + "test"] } };
    expect(() => checked(ROOT, "R1", one)).toThrow(/nobody wrote/);
    expect(() => checked(ROOT, "R1", { promise: "x", tests: { "gone.test.ts": ["x"] } })).toThrow(
      "gone.test.ts",
    );
    expect(() => checked(ROOT, "R1", { promise: "x" })).toThrow("neither");
  });

  test("every SQL file is in one format", () => {
    const sql = files(/^sql\/.*\.sql$/);
    expect(sql.length).toBeGreaterThan(40);
    expect(sql.filter((path) => formatSql(read(path)) !== read(path))).toEqual([]);
    const ugly = "/*\ntitle: x\n*/\nselect a,b from t where a=1";
    expect(formatSql(ugly)).not.toBe(ugly);
    expect(formatSql(formatSql(ugly))).toBe(formatSql(ugly));
  });
});
