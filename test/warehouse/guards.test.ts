import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { readPointer } from "../../src/warehouse/publish.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

const model = (header: string, sql: string) => `/*\ntitle: T\ndescription: D\n${header}\n*/\n${sql}\n`;

/** A file put into sql/, and what the build must say of it. */
const WRONG: readonly [what: string, file: string, source: string, says: RegExp][] = [
  [
    "a syntax error",
    "intermediate/int_bad.sql",
    model("grain: [a]", "select 1 as a\nfrom\nwhere"),
    /^sql\/intermediate\/int_bad\.sql:8: /,
  ],
  [
    "an unknown table",
    "intermediate/int_bad.sql",
    model("grain: [a]", "select 1 as a from marts.nothing"),
    /int_bad\.sql: there is no table marts\.nothing/,
  ],
  [
    "an unknown column",
    "intermediate/int_bad.sql",
    model("grain: [a]", "select\n    nope as a\nfrom\n    marts.people"),
    /int_bad\.sql:7: .*nope/,
  ],
  [
    "a layer read backwards",
    "staging/stg_bad.sql",
    model("grain: [a]", "select 1 as a from marts.people"),
    /staging may not read marts\.people/,
  ],
  [
    "a KPI that reads the lake",
    "kpis/bad.sql",
    model("unit: count\ngood: up\nminDenominator: 0", "select * from lake.messages"),
    /kpis may not read lake\.messages/,
  ],
  [
    "a cycle",
    "intermediate/int_bad.sql",
    model("grain: [a]", "select 1 as a from intermediate.int_bad2 union all select 1 from marts.orders"),
    /cycle/,
  ],
  [
    "two statements",
    "intermediate/int_bad.sql",
    model("grain: [a]", "select 1 as a; select 2"),
    /exactly one SELECT/,
  ],
  ["a write", "intermediate/int_bad.sql", model("grain: [a]", "delete from marts.people"), /int_bad\.sql/],
  ["no header", "intermediate/int_bad.sql", "select 1 as a\n", /no YAML header/],
  [
    "an unknown header key",
    "intermediate/int_bad.sql",
    model("grain: [a]\ngrian: [b]", "select 1 as a"),
    /grian/,
  ],
  ["a wrong unit", "kpis/bad.sql", model("unit: percent\ngood: up\nminDenominator: 0", "select 1"), /unit/],
  [
    "a grain that is not unique",
    "intermediate/int_bad.sql",
    model("grain: [a]", "select 1 as a from range(3)"),
    /grain \(a\) is not unique: 2 rows too many/,
  ],
  [
    "a model made in parts that makes everything in each",
    "marts/bad.sql",
    model("grain: [a]\nparts: seeds.labels\ncolumns: {a: A}", "select 1 as a"),
    /grain \(a\) is not unique/,
  ],
  [
    "a check that does not hold",
    "marts/bad.sql",
    model("checks: [a > 1]\ncolumns: {a: A}", "select 1 as a"),
    /check failed in 1 rows: a > 1/,
  ],
  [
    "a column without a word",
    "marts/bad.sql",
    model("columns: {a: A}", "select 1 as a, 2 as b"),
    /columns without a description: b/,
  ],
  [
    "a word without a column",
    "marts/bad.sql",
    model("columns: {a: A, c: C}", "select 1 as a"),
    /described columns that are not there: c/,
  ],
];

let community: Community;
beforeAll(async () => {
  community = new Community();
  await community.import(
    "messages.csv",
    csv([{ group_id: "g", sender_id: "m", sent_at: "2026-11-02 09:00:00", text: "x" }]),
  );
  await community.build();
});
afterAll(() => community.remove());

describe("a wrong SQL file stops the build and changes nothing", () => {
  test.each(WRONG)("%s", async (what, file, source, says) => {
    const root = mkdtempSync(join(tmpdir(), "fupan-sql-"));
    try {
      cpSync(SQL_ROOT, root, { recursive: true });
      writeFileSync(join(root, file), source);
      if (what === "a cycle") {
        writeFileSync(
          join(root, "intermediate/int_bad2.sql"),
          model("grain: [a]", "select a from intermediate.int_bad"),
        );
      }
      const before = readPointer(community.workspace.marts);
      await expect((async () => community.build(undefined, readCatalog(root)))()).rejects.toThrow(says);
      expect(readPointer(community.workspace.marts)).toEqual(before);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
