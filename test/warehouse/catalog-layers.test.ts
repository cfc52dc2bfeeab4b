import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { QueryError } from "../../src/kit/errors.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { SQL_ROOT } from "../support/community.ts";

const root = mkdtempSync(join(tmpdir(), "fupan-sql-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("a layer is read when it is asked for, once, and one that can't be read is told of then", () => {
  cpSync(SQL_ROOT, root, { recursive: true });
  writeFileSync(join(root, "marts", "broken.sql"), "/*\ntitle: [\n*/\nselect 1");
  const catalog = readCatalog(root);
  expect(catalog.kpis.length).toBeGreaterThan(40);
  expect(catalog.kpis).toBe(catalog.kpis);
  expect(catalog.queries.map(({ layer }) => layer)).not.toContain("kpis");
  expect(() => catalog.marts).toThrow(QueryError);
  expect(() => catalog.marts).toThrow(/broken\.sql/);
});
