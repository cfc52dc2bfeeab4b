import { expect, test } from "vitest";
import { files, read } from "./files.ts";

/* C-16: Fupan lists people to be helped or written to. Nothing in it removes anybody from a group, or tells a platform to. */
const REMOVAL =
  /\b(remove|kick|expel|ban|evict|drop)(_?(group|chat|room))?_?(member|person|people|buyer|contact)s?\b|del_?chat_?(room)?_?member|踢(出|人|掉)/i;

const removals = (source: string) =>
  source
    .split("\n")
    .filter((line) => !/^\s*(\/\/|\/?\*)/.test(line))
    .filter((line) => REMOVAL.test(line));

test("no function removes a member from a group", () => {
  expect(removals("await platform.removeMember(group, person)")).toHaveLength(1);
  expect(removals('robot.post("kick_member", id)')).toHaveLength(1);
  expect(removals("// the words 踢出 in a comment")).toEqual([]);
  const found = files(/^(src|pipelines\/robots)\/.*\.ts$/).flatMap((path) =>
    removals(read(path)).map((line) => `${path}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});
