import request from "supertest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sha256Of } from "../../src/kit/disk.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { generationPath, readPointer } from "../../src/warehouse/publish.ts";
import { SQL_ROOT } from "../support/community.ts";
import { type Served, serveSmall } from "./served.ts";

/** What breaks out of a statement that was put together from text, in this engine's own dialect too. */
const BREAKING = [
  "' or 1=1 --",
  "g1' union all select * from marts.people --",
  "g1'; drop table report.weeks; --",
  "$1; drop table report.weeks",
  "' || (select string_agg(display_name, ',') from marts.people) || '",
  "query('select * from marts.people')",
  'g1" or "1"="1',
  "%",
  "*/ or 1=1 /*",
  "\\' or 1=1 --",
  "９９９ or true",
  "x".repeat(7000),
];
/** A value that no row has. */
const NOBODY = "zz-nobody";

interface Parameter {
  name: string;
  in: string;
}

let served: Served;
let file: string;
let before: string;
beforeAll(async () => {
  served = await serveSmall();
  const { marts } = served.community.workspace;
  file = generationPath(marts, readPointer(marts)?.generation ?? "");
  before = await sha256Of(file);
});
afterAll(() => served.close());

const get = (path: string) => request(served.app).get(path).set("Host", "127.0.0.1");
const rowsOf = (body: { rows?: unknown[] }) => body.rows?.length ?? 0;

/** Every address of the API with one place for a value; what else it needs is filled with what is there. */
async function places(): Promise<((value: string) => string)[]> {
  const { body } = await get("/api/v1/openapi.json");
  const paths = body.paths as Record<string, { get?: { parameters?: Parameter[] } }>;
  return Object.entries(paths).flatMap(([path, { get: operation }]) => {
    const known = path
      .replace("{kpi}", "activity_rate")
      .replace("{name}", "kpi_trend")
      .replace("{segment}", "dormant");
    const queries = (operation?.parameters ?? []).filter((one) => one.in === "query");
    const parts = [...path.matchAll(/\{\w+\}/g)];
    if (!operation) return [];
    return [
      ...queries.map(
        ({ name }) =>
          (value: string) =>
            `${known.replace(/\{\w+\}/g, NOBODY)}?${name}=${encodeURIComponent(value)}`,
      ),
      ...parts.map(
        ([part]) =>
          (value: string) =>
            path.replace(part, encodeURIComponent(value)).replace(/\{\w+\}/g, NOBODY),
      ),
    ];
  });
}

/** Every parameter of every query. */
function parameters(): ((value: string) => string)[] {
  return readCatalog(SQL_ROOT).queries.flatMap(({ id, header }) =>
    Object.keys(header.params).map(
      (name) => (value: string) => `/api/v1/queries/${id}?${name}=${encodeURIComponent(value)}`,
    ),
  );
}

/** A value that breaks out answers what no row has: refused, or nothing found. @returns what was more than that. */
async function brokenOut(at: (value: string) => string, values: readonly string[]): Promise<string[]> {
  const nothing = await get(at(NOBODY));
  const found: string[] = [];
  for (const value of values) {
    const { status, body } = await get(at(value));
    const isRefused = status >= 400 && status < 500;
    if (isRefused || (status === nothing.status && rowsOf(body) <= rowsOf(nothing.body))) continue;
    found.push(`${at(value.slice(0, 60))}: ${status}, ${rowsOf(body)} rows, not ${rowsOf(nothing.body)}`);
  }
  return found;
}

test("no parameter of the API breaks out of its statement", { timeout: 120_000 }, async () => {
  const all = await places();
  expect(all.length).toBeGreaterThan(20);
  const found = [];
  for (const at of all) found.push(...(await brokenOut(at, BREAKING)));
  expect(found).toEqual([]);
});

test("nor does one of a query", { timeout: 120_000 }, async () => {
  const all = parameters();
  expect(all.length).toBeGreaterThan(50);
  const found = [];
  // Each value comes many times, no query all of them.
  for (const [at, one] of all.entries())
    found.push(
      ...(await brokenOut(
        one,
        [0, 4, 8].map((by) => BREAKING[(at + by) % 11] ?? ""),
      )),
    );
  expect(found).toEqual([]);
});

test("a value that is no day or no number is refused in words, not as a fault of the program", async () => {
  const typed = readCatalog(SQL_ROOT).queries.flatMap(({ id, header }) =>
    Object.entries(header.params).flatMap(([name, { type }]) =>
      type === "text" ? [] : [{ id, name, type }],
    ),
  );
  expect(new Set(typed.map(({ type }) => type))).toEqual(new Set(["date", "number"]));
  for (const { id, name } of typed)
    for (const value of ["2026-W40", "2026-02-30", "many", " "]) {
      const { status, body } = await get(`/api/v1/queries/${id}?${name}=${encodeURIComponent(value)}`);
      expect([id, name, value, status, body.error?.en]).toEqual([
        id,
        name,
        value,
        400,
        expect.stringMatching(name),
      ]);
    }
});

test("nor does one of a page", { timeout: 120_000 }, async () => {
  const pages = [
    "/?week=",
    "/?group=",
    "/segments?segment=",
    "/segments?segment=dormant&q=",
    "/segments?segment=dormant&sort=",
    "/people?q=",
    "/explore?kpi=",
    "/explore?by=",
    "/lists/dormant.csv?q=",
    "/lists/kpis.csv?week=",
    "/frag/why?kpi=",
    "/groups/",
  ];
  for (const page of pages)
    for (const value of BREAKING) {
      const { status, text } = await get(`${page}${encodeURIComponent(value)}`);
      expect([page, value, status < 500, /Binder Error|Parser Error|Catalog Error/.test(text)]).toEqual([
        page,
        value,
        true,
        false,
      ]);
    }
});

test("after all of it the generation is what it was, to the byte, and answers", async () => {
  expect(await sha256Of(file)).toBe(before);
  const { status, body } = await get("/api/v1/kpis");
  expect([status, rowsOf(body) > 0]).toEqual([200, true]);
});

test("planted: a statement put together from text is found", async () => {
  const { default: express } = await import("express");
  const { Database } = await import("../../src/warehouse/database.ts");
  const database = await Database.open(":memory:");
  await database.run("create table t as select 'g' || i as g from range(5) as r(i)");
  const app = express().get("/rows", async ({ query }, response) => {
    const rows = await database.all(`select * from t where g = '${query["g"]}'`).catch(() => []);
    response.json({ rows });
  });
  const own = served.app;
  served.app = app;
  try {
    const found = await brokenOut((value) => `/rows?g=${encodeURIComponent(value)}`, BREAKING);
    expect(found.length).toBeGreaterThan(0);
  } finally {
    served.app = own;
    database.close();
  }
});
