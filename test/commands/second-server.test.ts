import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { csv } from "../support/community.ts";
import { Shell } from "./cli.ts";

/** Two servers of one workspace would take each other's uploads and jobs for what a killed one left. */
const shell = new Shell();
const scratch = join(shell.root, "ws", ".scratch");
type Server = ReturnType<Shell["start"]>;
const running = new Set<Server>();

beforeAll(() => {
  expect(shell.fupan("init", "ws").code).toBe(0);
  writeFileSync(
    join(shell.root, "ws", "inbox", "first.csv"),
    csv([{ group_id: "g1", sender_id: "m1", sent_at: "2026-11-16T10:00:00", text: "早" }]),
  );
  expect(shell.fupan("--workspace", "ws", "run").code).toBe(0);
});
afterEach(() => Promise.all([...running].map((server) => end(server, "SIGTERM"))));
afterAll(() => shell.remove());

async function serve(): Promise<{ server: Server; url: string; said: () => string }> {
  const server = shell.start("--workspace", "ws", "serve", "--port", "0");
  running.add(server);
  let said = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (text) => (said += text));
  await vi.waitFor(() => expect(said).toMatch(/http:/), { timeout: 60_000 });
  return { server, url: /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? "", said: () => said };
}

async function end(server: Server, signal: NodeJS.Signals): Promise<void> {
  running.delete(server);
  const gone = new Promise((done) => server.once("exit", done));
  if (server.kill(signal)) await gone;
}

const upload = (url: string) =>
  fetch(`${url}/api/v1/imports?name=kept.csv`, {
    method: "PUT",
    headers: { Origin: url, "Sec-Fetch-Site": "same-origin" },
    body: csv([{ group_id: "g2", sender_id: "m2", sent_at: "2026-11-16T11:00:00", text: "在" }]),
  });

test("the second is refused with the PID and the address of the first, whose uploads and jobs stay", async () => {
  const { server, url } = await serve();
  expect((await upload(url)).status).toBe(201);
  writeFileSync(join(scratch, "job-import-running.json"), "{}");
  const before = readdirSync(scratch, { recursive: true }).sort();
  for (const lang of ["zh", "en"]) {
    const second = shell.fupan("--workspace", "ws", "--lang", lang, "serve", "--port", "0");
    expect([second.code, second.out]).toEqual([1, ""]);
    expect(second.log).toContain(`PID ${server.pid}`);
    expect(second.log).toContain(url);
    expect(second.log).not.toMatch(/\n\s+at /);
  }
  expect(readdirSync(scratch, { recursive: true }).sort()).toEqual(before);
  rmSync(join(scratch, "job-import-running.json"));
  expect((await fetch(url)).status).toBe(200);
});

test("one that was killed with -9 stands in nobody's way, nor does what it noted", async () => {
  const first = await serve();
  await end(first.server, "SIGKILL");
  expect(existsSync(join(scratch, "serving.duckdb.json"))).toBe(true);
  const { url, server, said } = await serve();
  expect((await fetch(url)).status).toBe(200);
  expect(JSON.parse(readFileSync(join(scratch, "serving.duckdb.json"), "utf8"))).toEqual({
    pid: server.pid,
    url: `${url}/`,
  });
  expect(said()).not.toMatch(/PID|计算/);
});

test("one that ended by a signal leaves its place, and so does one that could not listen", async () => {
  const first = await serve();
  await end(first.server, "SIGTERM");
  expect(existsSync(join(scratch, "serving.duckdb.json"))).toBe(false);
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const refused = shell.fupan("--workspace", "ws", "serve", "--port", String(port));
  other.close();
  expect([refused.code, refused.log]).toEqual([1, expect.stringContaining(`端口 ${port} 已被占用`)]);
  expect((await fetch((await serve()).url)).status).toBe(200);
});

test("forgetting somebody beside a server leaves it the only one", async () => {
  const { server } = await serve();
  expect(shell.fupan("--workspace", "ws", "forget", "m1", "--yes").log).not.toContain("PID");
  const second = shell.fupan("--workspace", "ws", "serve", "--port", "0");
  expect([second.code, second.log]).toEqual([1, expect.stringContaining(`PID ${server.pid}`)]);
});

test("what two servers started in one moment make of it: one serves, the other gives way", async () => {
  rmSync(scratch, { recursive: true, force: true });
  const both = [1, 2].map(() => shell.start("--workspace", "ws", "serve", "--port", "0"));
  const said = both.map(() => "");
  for (const [at, server] of both.entries()) {
    running.add(server);
    for (const stream of [server.stdout, server.stderr]) stream.on("data", (text) => (said[at] += text));
  }
  await vi.waitFor(
    () =>
      expect(new Set(said.map((text) => /已就绪|PID \d+/.exec(text)?.[0].replace(/\d+/, "n")))).toEqual(
        new Set(["PID n", "已就绪"]),
      ),
    { timeout: 60_000 },
  );
});
