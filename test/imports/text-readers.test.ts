import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, parse } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { readLines } from "../../src/ingest/lines.ts";
import { UserError } from "../../src/kit/errors.ts";
import type { ImportRecord, ReadOptions, TextImporter } from "../../src/kit/importer.ts";
import { cuts } from "../support/cuts.ts";
import { fixtures } from "../support/golden.ts";

const root = mkdtempSync(join(tmpdir(), "fupan-text-"));
const path = join(root, "a.txt");
afterAll(() => rmSync(root, { recursive: true, force: true }));

const logs = importers.filter((importer): importer is TextImporter => importer.form === "text");
const samples = fixtures().filter(({ id }) => logs.some((log) => log.id === id));

const optionsFor = (name: string): ReadOptions => ({
  group: undefined,
  stem: parse(name).name,
  asOf: undefined,
  self: undefined,
  dateOrder: undefined,
  date: undefined,
});

/** What a reader makes of a text; undefined where it asks the user. */
function read(
  log: TextImporter,
  content: Uint8Array | string,
  options: ReadOptions,
  chunk?: number,
  seen?: unknown,
): ImportRecord[] | undefined {
  writeFileSync(path, content);
  const lines = () => readLines(path, log.separator, chunk);
  try {
    return [...log.read(lines(), options, seen ?? log.scan?.(lines(), options))];
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

describe.each(logs.map((log) => [log.id, log] as const))("%s", (id, log) => {
  const own = samples.filter((sample) => sample.id === id);

  it("reads the same in pieces of any size", () => {
    for (const { content, name } of own) {
      const whole = read(log, content, optionsFor(name));
      fc.assert(
        fc.property(fc.integer({ min: 1, max: content.length + 1 }), (chunk) => {
          expect([name, read(log, content, optionsFor(name), chunk)]).toEqual([name, whole]);
        }),
        { numRuns: 12, examples: [[1], [2], [3]] },
      );
    }
  });

  it("cut at any byte, gives the beginning of the whole and one refused record at most", () => {
    for (const { content, name } of own) {
      const whole = read(log, content, optionsFor(name)) ?? [];
      // What only the whole file settles, such as names and the order of dates, is what it was.
      const seen = log.scan?.(readLines(path, log.separator), optionsFor(name));
      const records = whole.filter(isRecord).map((one) => JSON.stringify(one));
      for (const end of cuts(content)) {
        const got = read(log, content.subarray(0, end), optionsFor(name), undefined, seen)?.filter(isRecord);
        if (!got) continue;
        const before = got.slice(0, -1).map((one) => JSON.stringify(one));
        expect([name, end, before]).toEqual([name, end, records.slice(0, before.length)]);
      }
    }
  });

  it("never throws, whatever the text", () => {
    const words = own.flatMap(({ content }) =>
      content
        .toString("utf8")
        .split(/(?<=[\s:：(（[\]"])/u)
        .slice(0, 300),
    );
    const text = fc
      .array(fc.oneof(fc.constantFrom("\r", "\n", "\r\n", "\t", ...words), fc.string({ unit: "binary" })), {
        maxLength: 60,
      })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (said) => {
        read(log, said, optionsFor("x.txt"));
      }),
      { numRuns: 150, seed: 20_261_116 },
    );
  });
});

/** Notes say how the whole file was read. */
function isRecord(one: ImportRecord): boolean {
  return one.kind !== "note";
}
