import { describe, expect, test } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { robots } from "../../pipelines/robots/index.ts";
import { files, read } from "./files.ts";

const CODE = /^(src|pipelines|scripts|test|bench|fixtures)\/.*\.(ts|mjs|css)$/;
const SQL = /^sql\/.*\.sql$/;
const long = (sizes: readonly { path: string; size: number }[]) => sizes.filter(({ size }) => size > 300);
const lines = (source: string) => source.split("\n").length - 1;
const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** What stops a test from running without anyone noticing. */
const left = (source: string) => /\b(?:test|it|describe)\.(?:skip|todo|only|skipIf|runIf)\b/.test(source);
/** Texts that carry platforms' names into the engine. */
const names = (source: string, ids: readonly string[]) =>
  ids.filter((id) => new RegExp(`["'\`]${id}["'\`]`).test(source));

describe("habits of the repository", () => {
  test.each([
    ["code", CODE],
    ["models", SQL],
  ])("%s: no file is long, and most are short", (_, kind) => {
    const sizes = files(kind).map((path) => ({ path, size: lines(read(path)) }));
    expect(sizes.length).toBeGreaterThan(100);
    expect(long(sizes)).toEqual([]);
    expect(median(sizes.map(({ size }) => size))).toBeLessThanOrEqual(80);
    const planted = { path: "planted", size: lines("select\n".repeat(301)) };
    expect(long([...sizes, planted])).toEqual([planted]);
  });

  test("no test is skipped", () => {
    // Planted, in two parts so that this file itself does not hold it.
    expect(left(`test.${"skip"}("later", () => {})`)).toBe(true);
    expect(files(/^test\/.*\.ts$/).filter((path) => left(read(path)))).toEqual([]);
  });

  test("the engine names no importer and no KPI", () => {
    const kpis = files(/^sql\/kpis\/.*\.sql$/).map((path) => path.replace(/^.*\/|\.sql$/g, ""));
    // Ordinary words of the language of communities, which other things than KPIs are called too.
    const words = new Set([
      "members_end",
      "joins",
      "leaves",
      "speakers",
      "messages",
      "buyers",
      "orders",
      "sop_adherence",
    ]);
    const ids = [...importers, ...robots].map(({ id }) => id).concat(kpis.filter((id) => !words.has(id)));
    expect(names('if (id === "memotrace-csv") x();', ids)).toEqual(["memotrace-csv"]);
    const found = files(/^src\/.*\.ts$/).flatMap((path) =>
      names(read(path), ids).map((id) => `${path}: ${id}`),
    );
    expect(found).toEqual([]);
  });

  const sorted = (list: readonly string[]) => [...list].sort((a, b) => (a < b ? -1 : 1));

  test("every importer is listed once, under an id of its own", () => {
    const written = (folder: RegExp) =>
      files(folder)
        .map((path) => path.replace(/^.*\/|\.ts$/g, ""))
        .filter((name) => name !== "index");
    expect(sorted(importers.map(({ id }) => id))).toEqual(
      sorted(written(/^pipelines\/(?!robots\/)[^/]+\/[^/]+\.ts$/)),
    );
    expect(sorted(robots.map(({ id }) => id))).toEqual(sorted(written(/^pipelines\/robots\/[^/]+\.ts$/)));
    expect(new Set(importers.map(({ id }) => id)).size).toBe(importers.length);
  });

  test("every text of the pages is there in both languages", () => {
    const source = files(/^src\/server\/texts\/.*\.ts$/)
      .map(read)
      .join("\n");
    const keys = [...source.matchAll(/^ {2}(\w+): \[/gm)].map(([, key]) => key);
    expect(keys.length).toBeGreaterThan(100);
    expect(new Set(keys).size).toBe(keys.length);
    const used = files(/^src\/server\/.*\.ts$/).flatMap((path) =>
      [...read(path).matchAll(/\bt\((?:lang|look\.lang|page\.lang), "(\w+)"/g)].map(([, key]) => key),
    );
    expect(used.length).toBeGreaterThan(50);
    expect([...new Set(used)].filter((key) => !keys.includes(key))).toEqual([]);
  });
});
