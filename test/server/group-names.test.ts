import { expect, test } from "vitest";
import { filtered, inCells, toListed } from "../../src/review/lists.ts";
import { peopleFile } from "../../src/server/page/people-file.ts";
import { peopleTable } from "../../src/server/page/people-table.ts";

const PERSON = toListed({ person_id: "p", name: "小满", groups: ["一群、晚读", "二群"], why: "went_silent" });

test("names of groups stay as they are written; only the comma between two is the language's", () => {
  const told = (lang: "zh" | "en") => [
    String(peopleTable([PERSON], lang, "")).match(/<td class="long full">([^<]*)/)?.[1],
    Object.values(peopleFile([PERSON], lang, "Asia/Shanghai").lines[0] ?? {})[1],
  ];
  expect(told("zh")).toEqual(["一群、晚读、二群", "一群、晚读、二群"]);
  expect(told("en")).toEqual(["一群、晚读, 二群", "一群、晚读, 二群"]);
  expect(inCells(PERSON).groups).toBe("一群、晚读、二群");
});

test("a search is in one name, not over the edge of two", () => {
  const found = (q: string) => filtered([PERSON], { why: null, q }).length;
  expect([found("晚读"), found("读、二"), found(" 二群 "), found("")]).toEqual([1, 0, 1, 1]);
});
