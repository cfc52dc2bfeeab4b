import { createHash } from "node:crypto";
import { appendFileSync, copyFileSync, cpSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { sha256Of } from "../../src/kit/disk.ts";
import { GenerationReader } from "../../src/review/reader.ts";
import { Database } from "../../src/warehouse/database.ts";
import { LAYOUT, modelsOf, OutdatedError } from "../../src/warehouse/outdated.ts";
import { generationPath, publish, readPointer } from "../../src/warehouse/publish.ts";
import { Shell } from "../commands/cli.ts";
import { csv, SQL_ROOT } from "../support/community.ts";

const shell = new Shell();
const root = join(shell.root, "ws");
const marts = join(root, "marts");
const generation = () => readPointer(marts)?.generation ?? "";
const fupan = (...args: string[]) => shell.fupan(...args, "--workspace", "ws");

let count = 0;

/** Publishes what an earlier version might have: the generation after these statements, sound in itself. */
async function publishOlder(...statements: string[]): Promise<string> {
  const pointer = readPointer(marts);
  if (!pointer) throw new Error("nothing is published");
  const draft = join(marts, "older.duckdb");
  copyFileSync(generationPath(marts, pointer.generation), draft);
  const database = await Database.open(draft);
  for (const statement of [...statements, "checkpoint"]) await database.run(statement);
  database.close();
  const id = `${pointer.generation.slice(0, 15)}-older${count++}`;
  publish(marts, draft, {
    ...pointer,
    generation: id,
    sha256: await sha256Of(draft),
    bytes: statSync(draft).size,
  });
  return id;
}

/** Points to the generation before again, which a publication leaves beside it. */
function republish(id: string): void {
  const draft = join(marts, "again.duckdb");
  copyFileSync(generationPath(marts, id), draft);
  const pointer = readPointer(marts);
  if (pointer) publish(marts, draft, { ...pointer, generation: id });
}

beforeAll(() => {
  shell.fupan("init", "ws");
  const messages = Array.from({ length: 40 }, (_, at) => ({
    group_id: `g${at % 2}`,
    sender_id: `m${at % 7}`,
    sent_at: `2026-11-${String(2 + (at % 14)).padStart(2, "0")} 09:00:00`,
    text: `${at}`,
  }));
  writeFileSync(join(root, "inbox", "messages.csv"), csv(messages));
  expect(fupan("run")).toMatchObject({ code: 0 });
});
afterAll(() => shell.remove());

test("the tables that code adds are as LAYOUT says: whoever changes them writes the new value there", async () => {
  const database = await Database.open(generationPath(marts, generation()), { readOnly: true });
  const { columns } = await database.one(
    "select string_agg(table_name || '.' || column_name, ' ' order by table_name, column_index) as columns from duckdb_columns() where schema_name = 'report'",
  );
  database.close();
  expect(createHash("sha256").update(String(columns)).digest("hex").slice(0, 8)).toBe(LAYOUT);
});

test("another model, macro, seed or rule makes another generation, another query does not", () => {
  const sql = join(shell.root, "sql");
  cpSync(SQL_ROOT, sql, { recursive: true });
  const own = modelsOf(sql);
  expect(own).toBe(modelsOf(SQL_ROOT));
  appendFileSync(join(sql, "queries", "stays.sql"), "\n");
  expect(modelsOf(sql)).toBe(own);
  const seen = [own];
  const changes = [
    "marts/people.sql",
    "macros/texts.sql",
    "seeds/churn_words.csv",
    "rules/ACT-01.sql",
    "kpis/new.sql",
  ];
  for (const path of changes) {
    appendFileSync(join(sql, path), "\n");
    const models = modelsOf(sql);
    expect(seen).not.toContain(models);
    seen.push(models);
  }
  rmSync(sql, { recursive: true });
});

const ANOTHER = "update report.about set models = 'another'";

test.each([
  ["of the same tables, computed otherwise", ANOTHER],
  ["that does not say what made it", "alter table report.about drop column models"],
  ["with nothing to say it in", "drop table report.about"],
])("a generation %s is refused", async (_, statement) => {
  const reader = new GenerationReader(marts, undefined, modelsOf(SQL_ROOT));
  try {
    expect(await reader.read(async () => "open")).toBe("open");
    const before = generation();
    await publishOlder(statement);
    await expect(reader.read(async () => "open")).rejects.toThrow(OutdatedError);
    republish(before);
    expect(await reader.read(async () => "open")).toBe("open");
  } finally {
    reader.close();
  }
});

test("with tables and columns missing: every reader says what to do, and a build is all it takes", async () => {
  const older = await publishOlder(
    "drop table marts.week_marks",
    "alter table marts.people drop column is_staff",
    "alter table report.about drop column models",
    // Of other models, and it says so.
    "update report.methods set verdicts = 'another'",
  );
  for (const args of [["review"], ["explain", "activity_rate"]]) {
    const { code, log, out } = fupan(...args);
    expect([args, code, out]).toEqual([args, 1, ""]);
    expect(log).toContain("另一个版本的复盘");
    expect(log).toContain("fupan build");
  }
  expect(fupan("check", "--lang", "en").log).toMatch(/another version of Fupan.*\n.*Run fupan build/);
  // No damage: nothing is lost by it, and whoever asks by hand may look.
  expect(fupan("verify").code).toBe(0);
  expect(fupan("sql", "select count(*) as n from marts.people").code).toBe(0);
  expect(generation()).toBe(older);
  expect(fupan("build")).toMatchObject({ code: 0 });
});

test("serve says so on its pages, builds in a process of its own, and then answers", async () => {
  const older = await publishOlder(ANOTHER);
  const child = shell.start("serve", "--workspace", "ws", "--port", "0");
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => {
      said += text.toString();
    });
  while (!/http:\/\/127\.0\.0\.1:\d+/.test(said)) await new Promise((done) => setTimeout(done, 20));
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? "";
  const [page, api] = await Promise.all([fetch(url), fetch(`${url}/api/v1/review`)]);
  expect([page.status, page.headers.get("refresh"), api.status]).toEqual([503, "5", 503]);
  expect(await page.text()).toContain("正在自动重新计算");
  expect(await api.json()).toMatchObject({ hint: { en: expect.stringContaining("fupan build") } });
  let status = 503;
  while (status === 503) {
    await new Promise((done) => setTimeout(done, 100));
    status = (await fetch(url)).status;
  }
  expect(status).toBe(200);
  expect(generation()).not.toBe(older);
  expect(said).toContain("正在重新计算");
  await vi.waitFor(() => expect(said).toContain(`已算好：第 ${generation()} 版`), { timeout: 20_000 });
  child.kill("SIGTERM");
  await new Promise((done) => child.once("exit", done));
});
