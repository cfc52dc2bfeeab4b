import { describe, expect, it } from "vitest";
import { issueText } from "../../src/ingest/issue-texts.ts";
import { KINDS } from "../../src/ingest/kinds/index.ts";
import { fieldTitle } from "../../src/kit/fields.ts";

const READ = new Set(["time", "money", "number"]);
/** Columns for whose cells a row is refused where they can't be read. Plans name theirs as their tables do. */
const columns = Object.entries(KINDS).flatMap(([kind, { columns: all }]) =>
  kind === "plan" ? [] : Object.entries(all).flatMap(([name, type]) => (READ.has(type) ? [name] : [])),
);

describe("the reason of a refused row", () => {
  it.each([...new Set(columns)])("calls %s as people do, in both languages", (column) => {
    const { zh, en } = issueText("bad_time", column);
    expect([zh, en]).toEqual([
      expect.stringMatching(/^.+：时间看不懂/u),
      expect.stringMatching(/^.+: not a time/),
    ]);
    expect([fieldTitle(column)?.en, zh.startsWith(`${column}：`)]).toEqual([expect.any(String), false]);
  });

  it("calls a column of the file by its own header", () => {
    expect(issueText("bad_number", "店铺编号").zh).toBe("店铺编号：应当是数字");
  });
});
