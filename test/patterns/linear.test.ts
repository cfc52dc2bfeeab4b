import ts from "typescript";
import { describe, expect, test } from "vitest";
import { LONGEST_NOTICE } from "../../pipelines/chats/shared/notice-rules.ts";
import { files, read } from "../repo/files.ts";
import { type Attack, attacks, searchMs } from "./pump.ts";

/** Characters of a text: a very long message. The time of one search in it, in milliseconds. */
const LENGTH = 16_000;
/** Files whose patterns never see more. The report's own pages are made by us: no text of others holds a tag there. */
const CAPPED: readonly [RegExp, number][] = [
  [/^pipelines\/chats\/(?:shared\/(?:[a-z]+-)?notices|irc-log)\.ts:/, LONGEST_NOTICE],
  [/^src\/report\/html\.ts:/, 4000],
];
const lengthOf = (place: string) => CAPPED.find(([file]) => file.test(place))?.[1] ?? LENGTH;
const LIMIT = 1000;

/** Every regular expression that stands in a file, once, with its place. */
function patternsOf(path: string): { literal: string; place: string }[] {
  const source = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
  const found: { literal: string; place: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push({ literal: node.text, place: `${path}:${line + 1}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const textOf = ({ prefix, pump, suffix }: Attack, length: number) =>
  prefix + pump.repeat(Math.ceil(length / pump.length)) + suffix;

/** The attack that a pattern takes too long for; null when it stands all. */
function weakness(literal: string, length = LENGTH): Attack | null {
  const at = literal.lastIndexOf("/");
  const pattern = new RegExp(literal.slice(1, at), literal.slice(at + 1));
  const slow = (attack: Attack) => searchMs(pattern, textOf(attack, length), LIMIT) >= LIMIT;
  // Twice: on a busy machine the first may have waited for its turn.
  return attacks(literal).find((attack) => slow(attack) && slow(attack)) ?? null;
}

describe("no pattern takes more than a moment, whatever it is tried on", () => {
  test.each([
    "/^(a+)+$/",
    "/(?:[a-z]+)*\\d/",
    "/^(?:a|aa)+$/",
    "/\\s*\\s*\\s*\\s*$/u",
    "/x\\s*y?\\s*$|\\s+z/u",
    // A long text: some machines go through the squares of a shorter one within the limit.
  ])("the trial finds out %s", (planted) => expect(weakness(planted, 8 * LENGTH)).not.toBeNull());

  const all = files(/^(src|pipelines)\/.*\.ts$/).flatMap(patternsOf);
  test("all that the engine and the importers use", () => {
    const distinct = new Map(all.map(({ literal, place }) => [literal, place]));
    expect(distinct.size).toBeGreaterThan(300);
    const weak = [...distinct].flatMap(([literal, place]) => {
      const found = weakness(literal, lengthOf(place));
      return found ? [{ place, literal, ...found }] : [];
    });
    expect(weak).toEqual([]);
  }, 120_000);
});
