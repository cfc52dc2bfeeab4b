import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, parse } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { matcher, restOf } from "../../src/ingest/json-items.ts";
import { itemRecords } from "../../src/ingest/read-records.ts";
import { UserError } from "../../src/kit/errors.ts";
import type { DocumentImporter, ImportRecord, ItemsImporter, ReadOptions } from "../../src/kit/importer.ts";
import { cuts } from "../support/cuts.ts";
import { type Fixture, fixtures } from "../support/golden.ts";

const root = mkdtempSync(join(tmpdir(), "fupan-items-"));
const path = join(root, "a.json");
afterAll(() => rmSync(root, { recursive: true, force: true }));

const samples = fixtures();
const optionsFor = (name: string): ReadOptions => ({
  group: undefined,
  stem: parse(name).name,
  asOf: "2026-11-23T09:00:00",
  self: undefined,
  dateOrder: undefined,
  date: undefined,
});

/** What a reader makes of a text; undefined where it refuses the file with a reason. */
function attempt(read: () => Iterable<ImportRecord>): ImportRecord[] | undefined {
  try {
    return [...read()];
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

const items = importers.filter((importer): importer is ItemsImporter => importer.form === "items");
/** A folder of samples is read from the archive's bundle: here its lines alone would be none. */
const ownSamples = (id: string) =>
  samples.filter((sample): sample is Fixture => sample.id === id && !sample.members);

describe.each(items.map((importer) => [importer.id, importer] as const))("%s", (id, importer) => {
  const own = ownSamples(id);
  const read = (content: Uint8Array | string, name: string, chunk?: number, rest?: unknown) => {
    writeFileSync(path, content);
    return attempt(() => itemRecords(importer, path, optionsFor(name), chunk, rest));
  };

  it("reads the same in pieces of any size", () => {
    for (const { content, name } of own) {
      const whole = read(content, name);
      expect(whole?.filter(isRecord)).not.toEqual([]);
      fc.assert(
        fc.property(fc.integer({ min: 1, max: content.length + 1 }), (chunk) => {
          expect([name, read(content, name, chunk)]).toEqual([name, whole]);
        }),
        { numRuns: 12, examples: [[1], [2], [3]] },
      );
    }
  });

  it("cut at any byte, gives the beginning of the whole and one refused record at most", () => {
    for (const { content, name } of own) {
      const whole = (read(content, name) ?? []).filter(isRecord);
      // What stands beside the messages, perhaps behind them, is what it was.
      const rest = importer.items === "lines" ? undefined : restOf(path, matcher(importer.items));
      const records = whole.map((one) => JSON.stringify(one));
      for (const end of cuts(content)) {
        const got = read(content.subarray(0, end), name, undefined, rest)?.filter(isRecord) ?? [];
        const last = got.at(-1);
        const good = (last?.kind === "issue" ? got.slice(0, -1) : got).map((one) => JSON.stringify(one));
        expect([name, end, good]).toEqual([name, end, records.slice(0, good.length)]);
      }
    }
  });

  it("never throws, whatever the values", () => {
    const keys = [
      ...new Set(own.flatMap(({ content }) => content.toString("utf8").match(/"\w+"(?=\s*:)/g) ?? [])),
    ];
    const scalar = fc.oneof(fc.constant(null), fc.boolean(), fc.double(), fc.string({ unit: "binary" }));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        scalar,
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom("id", ...keys.map((key) => JSON.parse(key) as string)), tie("value"), {
          maxKeys: 8,
        }),
      ),
    }));
    const wrapped = (said: unknown) => {
      if (importer.items === "lines")
        return `${JSON.stringify(said)}\n${JSON.stringify({ entry: "a", value: said })}`;
      const [pattern = ""] = importer.items;
      return JSON.stringify(
        pattern
          .split(".")
          .reduceRight<unknown>((inner, key) => (key === "*" ? [inner, said] : { [key]: inner }), said),
      );
    };
    fc.assert(
      fc.property(value, (said) => {
        read(wrapped(said), "x.json");
      }),
      { numRuns: 120, seed: 20_261_116 },
    );
  });
});

const documents = importers.filter(
  (importer): importer is DocumentImporter => importer.form === "document" && importer.kind === "chat",
);

describe.each(documents.map((importer) => [importer.id, importer] as const))("%s", (id, importer) => {
  it("never throws, cut anywhere or whatever the text", () => {
    for (const { content, name } of ownSamples(id)) {
      const text = content.toString("utf8");
      const step = Math.max(1, Math.floor(text.length / 60));
      for (let end = 1; end < text.length; end += step)
        attempt(() => importer.read(text.slice(0, end), optionsFor(name)));
      const words = text.split(/(?<=[\s":<>])/u).slice(0, 300);
      fc.assert(
        fc.property(fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: "binary" }))), (parts) => {
          attempt(() => importer.read(parts.join(""), optionsFor(name)));
        }),
        { numRuns: 60, seed: 20_261_116 },
      );
    }
  });
});

function isRecord(one: ImportRecord): boolean {
  return one.kind !== "note";
}
