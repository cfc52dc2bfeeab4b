import express, { type Express } from "express";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UserError } from "../../src/kit/errors.ts";
import type { ImportDesk } from "../../src/server/imports/desk.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";
import { isOpenTo, MATRIX, requestOf, routesOf } from "./matrix.ts";
import { cookiesOf, PEOPLE, SECRETS, type Served, serveSmall, serveWhole } from "./served.ts";

const ROUTES = Object.keys(MATRIX);
const READS = ROUTES.filter((route) => route.startsWith("get ") && !/report\.(?:pdf|png)/.test(route));
/** Both kinds of group that the leader of g1 must not see, and every way to name one. */
const GROUPS = ["", "group=g1", "group=g2", "group=G1", "group=missing", "group=g1&group=g2"];

let served: Served;
let app: Express;
let close: () => void;
let cookies: Map<string, string>;

/** Takes whatever it is told to and says that it can't. */
const desk = new Proxy(
  {},
  {
    get: (_desk, name) =>
      name === "jobs"
        ? { get: () => undefined, running: () => [] }
        : () => {
            throw new UserError({ zh: "不行", en: "no" });
          },
  },
) as ImportDesk;

beforeAll(async () => {
  served = await serveSmall(DASHBOARDS, { few: true });
  const { state } = served.community;
  ({ app, close } = await serveWhole(served, desk));
  cookies = await cookiesOf(app, state);
});
afterAll(() => {
  close();
  served.close();
});

async function ask(who: string, route: string, query = "", accept = "*/*") {
  const { method, at } = requestOf(route);
  const path = query === "" ? at : `${at}${at.includes("?") ? "&" : "?"}${query}`;
  const answer = await request(app)
    [method](path)
    .set("Cookie", cookies.get(who) ?? "")
    .set("Accept", accept)
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => done(null, Buffer.concat(chunks)));
    });
  return { path, status: answer.status, headers: answer.headers, text: (answer.body as Buffer).toString() };
}

const at = (who: string, path: string) =>
  request(app)
    .get(path)
    .set("Cookie", cookies.get(who) ?? "");

const missing = (of: Express) => routesOf(of).filter((route) => !(route in MATRIX));

test("every route of the application is in the matrix, and every one of the matrix exists", () => {
  expect(missing(app)).toEqual([]);
  const all = new Set(routesOf(app));
  expect(ROUTES.filter((route) => !all.has(route))).toEqual([]);
});

test("planted: a route that nobody put into the matrix is found", () => {
  const other = express();
  other.get("/healthz", (_request, response) => void response.end());
  other.get("/api/v1/everybody", (_request, response) => void response.end());
  expect(missing(other)).toEqual(["get /api/v1/everybody"]);
});

describe("who may ask", () => {
  test.each([...PEOPLE.map(({ name }) => name), "nobody"])("%s, every route", async (who) => {
    const role = PEOPLE.find(({ name }) => name === who)?.role ?? "nobody";
    const wrong: string[] = [];
    // Signing out would end the session that the others need.
    for (const route of ROUTES.filter((one) => one !== "post /logout" || role === "nobody")) {
      const { path, status, headers } = await ask(who, route);
      const isAsked = status === 401 || (headers["location"] ?? "").startsWith("/login");
      const isLet = !isAsked && status !== 403;
      if (isLet !== isOpenTo(route, role) || status >= 500) wrong.push(`${who} ${route} ${path}: ${status}`);
      if (role === "nobody" && !isLet && !isAsked) wrong.push(`${route}: ${status} for nobody`);
    }
    expect(wrong).toEqual([]);
  });
});

describe("what they see", () => {
  test.each(["leader1", "leader2"])("%s: the own group only, however another is named", async (who) => {
    const foreign = who === "leader1" ? /\bg2\b|\bg3\b|cmd\|/ : /\bg1\b|\bg3\b|onload/;
    const wrong: string[] = [];
    for (const route of READS.filter((one) => isOpenTo(one, "leader")))
      for (const group of who === "leader1" ? GROUPS : [""]) {
        const { path, status, text } = await ask(who, route, group);
        const found = foreign.exec(text)?.[0];
        if (found !== undefined && status === 200) wrong.push(`${path}: ${found}`);
        if (text.includes(SECRETS.name)) wrong.push(`${path}: a name`);
      }
    expect(wrong.filter((one) => !one.startsWith("/lists/") || !one.endsWith("a name"))).toEqual([]);
  });

  test("a viewer: no group of few people, in no form", async () => {
    const wrong: string[] = [];
    for (const route of READS.filter((one) => isOpenTo(one, "viewer")))
      for (const group of ["", "group=g3"])
        for (const accept of route.includes("/api/v1/") ? ["application/json", "text/csv"] : ["*/*"]) {
          const { path, status, text } = await ask("viewer", route, group, accept);
          const found = status === 200 ? /.{0,60}(?:\bg3\b|稀\d).{0,20}/.exec(text)?.[0] : undefined;
          if (found !== undefined) wrong.push(`${path}: ${found}`);
          if (text.includes(SECRETS.name)) wrong.push(`${path}: a name`);
        }
    expect(wrong).toEqual([]);
  });

  test("a viewer: no query names a group of few people; one of an operator's does", async () => {
    const told = async (who: string) => {
      const paths = readCatalog(SQL_ROOT).queries.map(({ id }) => `/api/v1/queries/${id}`);
      const found = [];
      for (const path of paths) {
        const { status, text } = await at(who, path);
        if (status === 200 && /\bg3\b/.test(text)) found.push(path);
      }
      return found;
    };
    expect(await told("viewer")).toEqual([]);
    expect(await told("operator")).toContain("/api/v1/queries/quality");
  });

  test.each([
    "/groups/X",
    "/?group=X",
    "/sop.ics?group=X",
    "/explore/data.csv?kpi=activity_rate&group=X",
    "/api/v1/review?group=X",
    "/api/v1/explain?kpi=activity_rate&group=X",
    "/api/v1/series?kpi=activity_rate&group=X",
    "/api/v1/suggestions?group=X",
    "/api/v1/queries/segment_stock?group_id=X",
    "/api/v1/queries/group_kpis?group_id=X",
  ])("a viewer: %s says the same of a group of few people and of none", async (path) => {
    const [few, none] = [
      await at("viewer", path.replace("X", "g3")),
      await at("viewer", path.replace("X", "g8")),
    ];
    expect([few.status, few.text.replaceAll("g3", "g8")]).toEqual([none.status, none.text]);
    expect(few.status).toBe(404);
  });

  test("a viewer: no count of one to four people in any answer of the API; an operator's have some", async () => {
    const { queries, kpis } = readCatalog(SQL_ROOT);
    const ofKpis = kpis.flatMap(({ id }) => [
      `/api/v1/kpis?kpi=${id}`,
      `/api/v1/series?kpi=${id}&by=group`,
      `/api/v1/explain?kpi=${id}`,
      `/explore/data.json?kpi=${id}&by=group`,
    ]);
    const paths = [
      "/api/v1/review",
      "/api/v1/kpis",
      ...ofKpis,
      ...queries.map(({ id }) => `/api/v1/queries/${id}`),
    ];
    const few = async (who: string) => {
      const found: string[] = [];
      for (const path of paths) {
        const { status, text } = await request(app)
          .get(path)
          .set("Cookie", cookies.get(who) ?? "");
        if (status !== 200) continue;
        const answer = JSON.parse(text) as { cols?: string[]; rows?: unknown[][] };
        const rows = answer.cols
          ? (answer.rows ?? []).map((row) =>
              Object.fromEntries(answer.cols?.map((col, at) => [col, row[at]]) ?? []),
            )
          : answer;
        found.push(...fewPeople(rows, path));
      }
      return [...new Set(found)];
    };
    expect(await few("viewer")).toEqual([]);
    expect((await few("operator")).length).toBeGreaterThan(5);
  });
});

const COUNTS = [
  "persons",
  "members",
  "speakers",
  "leavers",
  "joined",
  "spoke",
  "bought",
  "size",
  "stayed",
  "active",
];

/** Where a document counts one to four people: rates by what they divide by, counts by themselves. */
function fewPeople(value: unknown, at: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => fewPeople(one, at));
  if (value === null || typeof value !== "object") return [];
  const entries = Object.entries(value);
  const { numerator, denominator } = value as { numerator?: unknown; denominator?: unknown };
  const isFew = (n: unknown) => typeof n === "number" && n > 0 && n < 5;
  const isRate = typeof denominator === "number";
  return [
    ...(isFew(isRate ? denominator : numerator) ? [`${at} ${isRate ? "denominator" : "numerator"}`] : []),
    ...entries.filter(([key, cell]) => COUNTS.includes(key) && isFew(cell)).map(([key]) => `${at} ${key}`),
    ...entries.flatMap(([, cell]) => fewPeople(cell, at)),
  ];
}
