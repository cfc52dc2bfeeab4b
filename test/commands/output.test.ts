import { spawn, spawnSync } from "node:child_process";
import { openSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { csv } from "../support/community.ts";
import { plainEnvironment, Shell } from "./cli.ts";

/** /dev/full is a disk without space, a pipe that is closed a reader that has seen enough. */
const shell = new Shell();
const CLI = new URL("../../src/cli.ts", import.meta.url).pathname;
const args = ["--import", import.meta.resolve("tsx"), CLI, "--workspace", "ws"];
const full = openSync("/dev/full", "w");
const at = { cwd: shell.root, env: plainEnvironment() };

beforeAll(() => {
  expect(shell.fupan("init", "ws").code).toBe(0);
  const row = { group_id: "g1", sender_id: "m1", sent_at: "2026-11-16T09:00:00", text: "早" };
  writeFileSync(join(shell.root, "ws", "inbox", "messages.csv"), csv([row]));
});
afterAll(() => shell.remove());

test("an import goes on where its progress can't be written down", () => {
  const { status } = spawnSync(process.execPath, [...args, "import", "ws/inbox"], {
    ...at,
    stdio: ["ignore", "ignore", full],
  });
  expect(status).toBe(0);
  const { files } = shell.json<{ files: { accepted: number }[] }>("--workspace", "ws", "check");
  expect(files).toEqual([expect.objectContaining({ accepted: 1 })]);
});

test("what was asked for and can't be written is told in words, and the command has failed", () => {
  const { status, stderr } = spawnSync(process.execPath, [...args, "formats"], {
    ...at,
    stdio: ["ignore", full, "pipe"],
    encoding: "utf8",
  });
  expect(stderr).toMatch(/^磁盘满了/);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(status).toBe(1);
});

test("a server whose log is full serves on", async () => {
  const port = await new Promise<number>((free) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port: found } = probe.address() as { port: number };
      probe.close(() => free(found));
    });
  });
  const child = spawn(process.execPath, [...args, "serve", "--port", String(port)], {
    ...at,
    stdio: ["ignore", "ignore", full],
  });
  const ended = new Promise((done) => child.once("close", done));
  const ask = () => fetch(`http://127.0.0.1:${port}/healthz`).then(({ status }) => status);
  try {
    let status = 0;
    for (let tries = 0; status !== 200 && tries < 300 && child.exitCode === null; tries++)
      status = await ask().catch(() => wait(100, 0));
    await wait(500);
    expect([status, await ask().catch(() => 0)]).toEqual([200, 200]);
  } finally {
    child.kill("SIGTERM");
  }
  expect(await ended).toBe(0);
});
