import { afterEach, beforeEach, expect, it } from "vitest";
import { Community } from "../support/community.ts";

let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const members = (...groups: readonly string[]) =>
  `群名,昵称,成员ID,入群时间\n${groups.map((group, at) => `${group},小满${at},m${at},2026-11-01\n`).join("")}`;
const told = async (name: string, content: string) =>
  (await community.import(name, content)).notes.filter(({ en }) => en.startsWith("these groups differ"));

it("groups that differ by case, width or blanks are told of, within a file and beside earlier ones", async () => {
  expect(await told("一.csv", members("A12群", "茶友群", "茶友二群"))).toEqual([]);
  const [note, second] = await told("二.csv", members("a12群", "茶友 群", "茶友二群"));
  expect(second).toBeUndefined();
  expect(note?.zh).toContain("“a12群”、“A12群”；“茶友 群”、“茶友群”。");
  expect(await told("三.csv", members("Ｂ群", "b群"))).toHaveLength(1);
});

it("many of them are counted", async () => {
  const names = ["甲", "乙", "丙", "丁", "戊", "己"];
  const [note] = await told(
    "一.csv",
    members(...names, ...names.map((name) => ` ${name} 群`), ...names.map((name) => `${name}群`)),
  );
  expect(note?.zh).toContain("等 6 组");
});
