import fc from "fast-check";
import papaparse from "papaparse";
import { expect, test } from "vitest";
import { toCsv } from "../../src/server/csv.ts";
import { NAUGHTY } from "../support/naughty.ts";

const STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"];
const BEFORE = ["", " ", "　", "\u00a0", "\ufeff", "\n", " \t "];

/** The cells of a file as a spreadsheet reads them. */
function cells(text: string): string[][] {
  expect(text.startsWith("\ufeff")).toBe(true);
  const { data, errors } = papaparse.parse<string[]>(text.slice(1).replace(/\r\n$/, ""), {
    delimiter: ",",
    newline: "\r\n",
  });
  expect(errors).toEqual([]);
  return data;
}
/** Whether a spreadsheet takes a cell for a formula. */
const isFormula = (cell: string) =>
  STARTS.some((start) => cell.replace(/^[\s\ufeff]+/, "").startsWith(start) || cell.startsWith(start));

const anything = fc.oneof(
  fc.constantFrom(...NAUGHTY),
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc
    .tuple(fc.constantFrom(...BEFORE), fc.constantFrom(...STARTS), fc.string())
    .map((parts) => parts.join("")),
);

test("planted: plain text of that kind is taken for a formula", () => {
  for (const start of STARTS) expect([start, isFormula(`${start}1+1`)]).toEqual([start, true]);
  expect(isFormula("1+1")).toBe(false);
});

test("whatever a name or a message is, no cell is a formula, and the text is all there", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ name: anything, text: anything }), { maxLength: 20 }), (rows) => {
      const [head, ...read] = cells(toCsv(["name", "text"], rows));
      expect(head).toEqual(["name", "text"]);
      expect(read).toHaveLength(rows.length);
      for (const [at, { name, text }] of rows.entries())
        for (const [place, given] of [name, text].entries()) {
          // An apostrophe is all that is ever added, and never to a plain word.
          const plain = /^[\p{L}\p{N}]/u.test(given);
          expect(plain ? [given] : [given, `'${given}`]).toContain(read[at]?.[place]);
        }
      for (const cell of read.flat()) expect(isFormula(cell)).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test("numbers stay numbers, negative ones too", () => {
  expect(cells(toCsv(["n"], [{ n: -12.5 }, { n: 0 }, { n: null }])).slice(1)).toEqual([
    ["-12.5"],
    ["0"],
    [""],
  ]);
});
