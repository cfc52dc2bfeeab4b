import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { Express } from "express";
import request from "supertest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { everyFile } from "../../src/admin/files.ts";
import { closeChromium, type Paper, toPdf, toPng } from "../../src/report/chromium.ts";
import { makeReport } from "../../src/report/reports.ts";
import { createSource, type ReviewSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { Charts, readDashboard } from "../../src/server/charts.ts";
import { State } from "../../src/state/state.ts";
import { addUser, ROLES } from "../../src/state/users.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath, readPointer } from "../../src/warehouse/publish.ts";
import { openWorkspace } from "../../src/workspace.ts";
import { Shell } from "../commands/cli.ts";
import { SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";
import { CANARIES, inflated, NAMES, plant, RAW, textsOf } from "./planted.ts";

const PASSWORD = "correct horse battery";
const shell = new Shell();
const root = join(shell.root, "ws");
const temp = join(shell.root, "temp");
const said: string[] = [];
const logged: string[] = [];
let app: Express;
/** The same where every question to the data fails, with a message that quotes them as DuckDB's do. */
let broken: Express;
let source: ReviewSource;
let close: () => void;

const holding = (text: string, values: readonly string[]) => values.filter((value) => text.includes(value));

beforeAll(async () => {
  mkdirSync(temp);
  process.env["TMPDIR"] = temp;
  const fupan = (...args: string[]) => {
    const { out, log } = shell.fupan(...args, "--workspace", "ws");
    said.push(out, log);
    return out;
  };
  shell.fupan("init", "ws");
  const files = plant(join(root, "inbox"));
  writeFileSync(join(root, "broken.csv"), files.broken);
  fupan("run");
  fupan("import", "ws/broken.csv");
  fupan("identify", "ws/broken.csv");
  fupan("check");
  fupan("review", "--json");
  fupan("segments", "--segment", "dormant", "--format", "csv");
  fupan("suggestions", "list");
  fupan("identity", "suggest");
  fupan("forget", CANARIES[0].id);
  fupan("sql", "select display_name::integer from marts.people");
  for (const { name } of CANARIES)
    fupan("sql", `select display_name::integer from marts.people where md5(display_name) = md5('${name}')`);
  // What the imports page hears of a job, event by event.
  writeFileSync(
    join(root, "job.json"),
    JSON.stringify({ task: "check", batch: "b1", files: [{ path: join(root, "broken.csv") }] }),
  );
  fupan("import-job", join(root, "job.json"));
  const workspace = openWorkspace(root);
  const state = new State(workspace.state);
  for (const role of ROLES)
    await addUser(state, { name: role, role, groups: role === "leader" ? ["g1"] : [] }, PASSWORD, new Date());
  const made = createSource(workspace.marts, readCatalog(SQL_ROOT));
  close = made.close;
  const { lists, reports } = workspace;
  source = made.source;
  const log = (line: object) => void logged.push(JSON.stringify(line));
  const site = { source, dashboards: DASHBOARDS, lang: "zh" as const, state, lists, reports, log };
  app = await createApp(site);
  broken = await createApp({ ...site, source: { ...source, read: () => Promise.reject(quoting()) } });
}, 300_000);
afterAll(() => {
  delete process.env["TMPDIR"];
  close();
  shell.remove();
});

test("the search finds what it looks for", () => {
  expect(CANARIES.length).toBe(4);
  const inbox = [...everyFile(join(root, "inbox")), join(root, "broken.csv")].map((file) =>
    readFileSync(file, "utf8"),
  );
  for (const value of [...RAW, ...NAMES]) expect(holding(inbox.join("\n"), [value])).toEqual([value]);
});

test("no command prints one of them, and none leaves one in a file for the time being", () => {
  const all = said.join("\n");
  expect(all.length).toBeGreaterThan(3000);
  expect(holding(all, [...RAW, ...NAMES])).toEqual([]);
  const left = [temp, join(root, ".scratch")].flatMap(everyFile);
  expect(left.filter((file) => holding(textsOf(file), [...RAW, ...NAMES]).length > 0)).toEqual([]);
});

test("the contacts alone hold an id, a phone number or an e-mail address", async () => {
  const { lake, marts, state, reports } = openWorkspace(root);
  const files = [marts, reports].flatMap(everyFile).concat(state);
  expect(files.filter((file) => holding(textsOf(file), RAW).length > 0)).toEqual([]);
  const database = await Database.open(":memory:");
  const facts = new Map<string, string[]>();
  for (const file of everyFile(lake)) {
    const fact = file.slice(lake.length + 1).split("/")[0] ?? "";
    const [row] = await database.all(
      `select string_agg(to_json(t)::varchar, chr(10)) as all_rows from read_parquet('${file}', hive_partitioning = false) as t`,
    );
    facts.set(fact, [...(facts.get(fact) ?? []), String(row?.["all_rows"])]);
  }
  database.close();
  const holders = [...facts].filter(([, rows]) => holding(rows.join("\n"), [...RAW, ...NAMES]).length > 0);
  // A name of a file is read by whoever lists the folder.
  const named = [...files, ...everyFile(lake)].map((file) => file.slice(root.length));
  expect(named.filter((file) => holding(file, [...RAW, ...NAMES]).length > 0)).toEqual([]);
  // Rejected rows are kept as they were, to be mended.
  expect(new Set(holders.map(([fact]) => fact))).toEqual(new Set(["contacts", "rejects"]));
});

test("names are in the marts' one table of people and in no other", async () => {
  const { marts } = openWorkspace(root);
  const path = generationPath(marts, readPointer(marts)?.generation ?? "");
  const database = await Database.open(path, { readOnly: true });
  const tables = await database.all(
    "select schema_name || '.' || table_name as name from duckdb_tables() where not internal order by 1",
  );
  const holders = [];
  for (const { name } of tables) {
    const [row] = await database.all(
      `select string_agg(to_json(t)::varchar, chr(10)) as all_rows from ${String(name)} as t`,
    );
    const text = String(row?.["all_rows"]);
    expect([name, holding(text, RAW)]).toEqual([name, []]);
    if (holding(text, NAMES).length > 0) holders.push(name);
  }
  database.close();
  expect(holders).toEqual(["marts.people"]);
});

test("reports of a frozen week name nobody, in any form", () => {
  const kept = everyFile(join(root, "reports"));
  expect(new Set(kept.map((file) => file.split(".").at(-1)))).toEqual(
    new Set(["html", "json", "md", "xlsx"]),
  );
  for (const file of kept) expect([file, holding(textsOf(file), [...RAW, ...NAMES])]).toEqual([file, []]);
});

test("nor does one that is printed, before it is paper and as a file", async () => {
  const dashboard = readDashboard(DASHBOARDS, "weekly");
  const charts = new Charts(dashboard);
  const { state } = openWorkspace(root);
  const site = { source, state: new State(state), dashboard, charts, assets: { css: "", script: null } };
  const pages: string[] = [];
  const paper = (page: Paper) => {
    pages.push(page.html + page.footer);
    return Promise.resolve(Buffer.from(page.html));
  };
  for (const lang of ["zh", "en"] as const)
    for (const format of ["pdf", "png"] as const)
      for (const group of [undefined, "g1"]) {
        const { name } = await makeReport(site, format, { lang, group }, { pdf: paper, png: paper });
        pages.push(name);
      }
  expect(pages.filter((page) => page.includes("<svg")).length).toBe(8);
  for (const page of pages) expect(holding(page, [...RAW, ...NAMES])).toEqual([]);
  // What a browser adds to the page: the title and the tagged text of the PDF, the chunks of the image.
  process.env["FUPAN_CHROMIUM_NO_SANDBOX"] = "1";
  const planted = { html: `<title>${RAW[0]}</title><p>${RAW[0]}`, footer: "" };
  const html = String(pages[0]);
  const files = [await toPdf(planted), await toPdf({ html, footer: "" }), await toPng(html)];
  await closeChromium();
  expect(files.map((file) => holding(inflated(file), RAW).length)).toEqual([1, 0, 0]);
});

test("the server's log tells of a failure without what it was asked for or what the message quotes", async () => {
  const before = logged.length;
  const asked = [
    `/groups/${RAW[0]}`,
    `/groups/${encodeURIComponent(CANARIES[0].name)}?lang=en`,
    `/?group=${RAW[1]}`,
  ];
  for (const path of [
    ...asked,
    `/api/v1/review?group=${RAW[1]}`,
    `/api/v1/segments/${RAW[1]}`,
    "/report.xlsx",
  ]) {
    const { status, text } = await signedIn("admin", path, broken);
    expect([path, status >= 400, holding(text, [...RAW, ...NAMES])]).toEqual([path, true, []]);
  }
  const lines = logged.slice(before);
  expect(lines.length).toBeGreaterThanOrEqual(4);
  expect(lines[0]).toMatch(/"level":"error".*"at":\["\s+at /);
  expect(holding(logged.join("\n"), [...RAW, ...NAMES])).toEqual([]);
});

test("pages and the API tell no role more than it may know", async () => {
  const document = (await signedIn("admin", "/api/v1/openapi.json")).text;
  const paths = Object.entries((JSON.parse(document) as { paths: Record<string, object> }).paths)
    .filter(([path, methods]) => "get" in methods && !path.includes("{"))
    .map(([path]) =>
      path.endsWith("/series") || path.endsWith("/explain") ? `${path}?kpi=activity_rate` : path,
    );
  const queries = readCatalog(SQL_ROOT).queries.map(({ id }) => `/api/v1/queries/${id}`);
  const pages = [
    "/",
    "/?lang=en",
    "/segments",
    "/sop",
    "/campaigns",
    "/explore",
    "/groups/g1",
    "/people",
    "/imports",
  ];
  const files = [
    "/lists/dormant.csv",
    "/lists/kpis.csv",
    "/sop.ics",
    "/api/v1/segments/dormant",
    "/report.html",
  ];
  /** Where whoever works with people sees their names in full; each look is in the audit. */
  const named = new Set(["/people", "/lists/dormant.csv", "/api/v1/identity"]);
  let answered = 0;
  for (const role of ROLES) {
    for (const path of [...paths, ...queries, ...pages, ...files]) {
      const { status, text } = await signedIn(role, path);
      if (status === 200) answered++;
      expect([role, path, holding(text, RAW)]).toEqual([role, path, []]);
      if (!named.has(path)) expect([role, path, holding(text, NAMES)]).toEqual([role, path, []]);
      if (role === "viewer" && named.has(path)) expect([path, status]).toEqual([path, 403]);
    }
    // Pages that say what is wrong name nobody either.
    for (const path of ["/nowhere", "/?week=1999-W01", "/api/v1/queries/nothing", "/api/v1/review?kpi=x"]) {
      const { status, text } = await signedIn(role, path);
      expect(status).toBeGreaterThanOrEqual(400);
      expect([role, path, holding(text, [...RAW, ...NAMES])]).toEqual([role, path, []]);
    }
  }
  expect(answered).toBeGreaterThan(150);
  const list = await signedIn("admin", "/lists/dormant.csv");
  expect(holding(list.text, NAMES).length).toBeGreaterThan(0);
});

test("the audit has every list and every look at full names, and no value of a person", async () => {
  await expect
    .poll(async () => {
      const state = new State(openWorkspace(root).state);
      const rows = await state.read((database) =>
        database.all("select made_by, action, detail from audit order by entry_id"),
      );
      expect(holding(JSON.stringify(rows), [...RAW, ...NAMES])).toEqual([]);
      return [...new Set(rows.map((row) => `${row["made_by"]} ${row["action"]}`))].sort((a, b) =>
        a < b ? -1 : 1,
      );
    })
    .toEqual([
      "admin export",
      "admin names",
      "leader export",
      "local user added",
      "operator export",
      "operator names",
      // Lists and tables of people that the command line gave out.
      `${userInfo().username} export`,
    ]);
});

function quoting(): Error {
  const { id, name, phone } = CANARIES[0];
  return new Error(`Constraint Error: Duplicate key "id: ${id}"\nOriginal Line: ${name}\n${phone}`);
}

const cookies = new Map<string, string>();
async function signedIn(role: string, path: string, of = app): Promise<{ status: number; text: string }> {
  if (!cookies.has(role)) {
    const login = await request(app)
      .post("/login")
      .type("form")
      .send({ name: role, password: PASSWORD, back: "/" });
    cookies.set(role, (login.get("Set-Cookie") ?? [""])[0]?.split(";")[0] ?? "");
  }
  const { status, text, body } = await request(of)
    .get(path)
    .buffer(true)
    .set("Host", "127.0.0.1")
    .set("Cookie", cookies.get(role) ?? "");
  return { status, text: text ?? Buffer.from(body).toString("utf8") };
}
