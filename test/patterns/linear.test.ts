import ts from "typescript";
import { describe, expect, test } from "vitest";
import { files, read } from "../repo/files.ts";
import { type Attack, attacks, searchMs } from "./pump.ts";

/** Characters of a text: as long as a long message. The time of one search in it, in milliseconds. */
const LENGTH = 4000;
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

const textOf = ({ prefix, pump, suffix }: Attack) =>
  prefix + pump.repeat(Math.ceil(LENGTH / pump.length)) + suffix;

/** The attack that a pattern takes too long for; null when it stands all. */
function weakness(literal: string): Attack | null {
  const at = literal.lastIndexOf("/");
  const pattern = new RegExp(literal.slice(1, at), literal.slice(at + 1));
  const slow = (attack: Attack) => searchMs(pattern, textOf(attack), LIMIT) >= LIMIT;
  // Twice: on a busy machine the first may have waited for its turn.
  return attacks(literal).find((attack) => slow(attack) && slow(attack)) ?? null;
}

describe("no pattern takes more than a moment, whatever it is tried on", () => {
  test.each(["/^(a+)+$/", "/(?:[a-z]+)*\\d/", "/^(?:a|aa)+$/", "/\\s*\\s*\\s*\\s*$/u"])(
    "the trial finds out %s",
    (planted) => expect(weakness(planted)).not.toBeNull(),
  );

  const all = files(/^(src|pipelines)\/.*\.ts$/).flatMap(patternsOf);
  test("all that the engine and the importers use", () => {
    const distinct = new Map(all.map(({ literal, place }) => [literal, place]));
    expect(distinct.size).toBeGreaterThan(300);
    const weak = [...distinct].flatMap(([literal, place]) => {
      const found = weakness(literal);
      return found ? [{ place, literal, ...found }] : [];
    });
    expect(weak).toEqual([]);
  }, 120_000);
});
