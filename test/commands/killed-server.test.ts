import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { withLock } from "../../src/state/lock.ts";
import { csv } from "../support/community.ts";
import { Shell } from "./cli.ts";

/** A server that is killed in the middle of an import: what the next one finds, says and does. */
const shell = new Shell();
const ws = join(shell.root, "ws");
const rows = (group_id: string, count: number) =>
  csv(
    Array.from({ length: count }, (_, at) => ({
      group_id,
      sender_id: `m${at % 40}`,
      sent_at: `2026-11-${10 + (at % 7)}T10:00:00`,
      text: `第 ${at} 句`,
    })),
  );
let server: ReturnType<Shell["start"]>;

beforeAll(() => {
  expect(shell.fupan("init", "ws").code).toBe(0);
  writeFileSync(join(ws, "inbox", "first.csv"), rows("g1", 100));
  expect(shell.fupan("--workspace", "ws", "run").code).toBe(0);
});
afterEach(async () => {
  const gone = new Promise((done) => server.once("exit", done));
  if (server.kill("SIGTERM")) await gone;
});
afterAll(() => shell.remove());

async function serve(): Promise<{ url: string; said: () => string }> {
  server = shell.start("--workspace", "ws", "serve", "--port", "0");
  let said = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (text) => (said += text));
  await vi.waitFor(() => expect(said).toMatch(/http:/), { timeout: 120_000 });
  return { url: /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? "", said: () => said };
}

async function drop(url: string, name: string, body: string): Promise<string> {
  const own = { Origin: url, "Sec-Fetch-Site": "same-origin" };
  const sent = await fetch(`${url}/api/v1/imports?name=${name}`, { method: "PUT", headers: own, body });
  const { upload } = (await sent.json()) as { upload: string };
  const begun = await fetch(`${url}/api/v1/imports`, {
    method: "POST",
    headers: { ...own, "Content-Type": "application/json" },
    body: JSON.stringify({ files: [{ upload }] }),
  });
  return ((await begun.json()) as { batch: string }).batch;
}

/** Kills the server as soon as an import has told of such a step. */
async function killAt(url: string, batch: string, step: string): Promise<void> {
  const events = await fetch(`${url}/api/v1/imports/${batch}/events`);
  const reader = events.body?.getReader();
  const gone = new Promise((done) => server.once("exit", done));
  for (let seen = ""; !seen.includes(step); ) {
    const { value, done } = (await reader?.read()) ?? { done: true };
    if (done) throw new Error(`over without ${step}: ${seen}`);
    seen += new TextDecoder().decode(value);
  }
  server.kill("SIGKILL");
  await gone;
  await reader?.cancel().catch(() => undefined);
}

/** The job holds the workspace while it lives. */
const jobIsGone = () =>
  vi.waitFor(() => withLock(join(ws, "lock.duckdb"), async () => true), { timeout: 20_000, interval: 100 });
const history = async (url: string) => (await fetch(`${url}/imports`)).text();
const counted = (group: string) =>
  shell.json<{ n: number }[]>(
    "--workspace",
    "ws",
    "sql",
    `select count(*) as n from marts.messages where group_id = '${group}'`,
  )[0]?.n;

test("before the ledger has it: its job ends too, nothing of it is left, and it can be dropped again", async () => {
  const first = await serve();
  const batch = await drop(first.url, "early.csv", rows("g2", 30_000));
  await killAt(first.url, batch, '"step":"read"');
  await jobIsGone();
  const { url } = await serve();
  const scratch = readdirSync(join(ws, ".scratch"));
  expect(scratch.filter((file) => file.startsWith("job-"))).toEqual([]);
  expect(existsSync(join(ws, ".scratch", "uploads"))).toBe(false);
  expect(await history(url)).not.toContain("early.csv");
  expect((await fetch(`${url}/api/v1/imports/${batch}/events`)).status).toBe(404);
  const again = await drop(url, "early.csv", rows("g2", 30_000));
  const told = await (await fetch(`${url}/api/v1/imports/${again}/events`)).text();
  expect(told).toContain('"accepted":30000');
  // The last step is the last one that was announced, not five more.
  const [, done, total] = [...told.matchAll(/"type":"build","done":(\d+),"total":(\d+)/g)].at(-1) ?? [];
  expect([Number(done) > 100, done]).toEqual([true, total]);
});

test("once the ledger has it: it is in the history, and what was not yet computed is computed by itself", async () => {
  const first = await serve();
  const batch = await drop(first.url, "late.csv", rows("g3", 500));
  await killAt(first.url, batch, '"type":"build"');
  await jobIsGone();
  expect(counted("g3")).toBe(0);
  const { url, said } = await serve();
  expect(await history(url)).toContain("late.csv");
  await vi.waitFor(() => expect(said()).toContain("已算好"), { timeout: 120_000, interval: 100 });
  expect(said()).toContain("有导入的数据还没有算进去");
  expect(counted("g3")).toBe(500);
});

test("what was imported on the command line waits for its build there: the server stands in nobody's way", async () => {
  writeFileSync(join(ws, "inbox", "own.csv"), rows("g4", 100));
  expect(shell.fupan("--workspace", "ws", "import", "ws/inbox/own.csv").code).toBe(0);
  const { url, said } = await serve();
  expect((await fetch(url)).status).toBe(200);
  expect(shell.fupan("--workspace", "ws", "build")).toMatchObject({ code: 0 });
  expect(said()).not.toContain("计算");
  expect(counted("g4")).toBe(100);
});

test("where all is computed a server computes nothing", async () => {
  const { url, said } = await serve();
  expect((await fetch(url)).status).toBe(200);
  expect(said()).not.toContain("计算");
});
