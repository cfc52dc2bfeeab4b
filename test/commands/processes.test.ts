import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { getPriority } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withLock } from "../../src/state/lock.ts";
import { csv } from "../support/community.ts";
import { Shell } from "./cli.ts";

const shell = new Shell();
const ended = async (child: ChildProcess) => (await once(child, "exit")) as [number | null, string | null];

const rows = (from: number, count: number) =>
  csv(
    Array.from({ length: count }, (_, at) => ({
      group_id: "g1",
      sender_id: `m${at % 50}`,
      sent_at: new Date(Date.UTC(2026, 9, 1) + (from + at) * 60_000).toISOString(),
      text: `${from + at}`,
    })),
  );

beforeAll(() => {
  for (const name of ["ws", "undisturbed"]) {
    shell.fupan("init", name);
    mkdirSync(join(shell.root, name, "inbox"), { recursive: true });
    for (let file = 0; file < 12; file++) {
      writeFileSync(join(shell.root, name, "inbox", `part-${file}.csv`), rows(file * 4000, 5000));
    }
  }
});
afterAll(() => shell.remove());

test("an import that is killed leaves nothing behind that the next one does not mend", async () => {
  const count = "select count(*) as n, count(distinct text) as texts from lake.messages";
  for (const pause of [900, 1500, 2200]) {
    const child = shell.start("import", "ws/inbox", "--workspace", "ws");
    setTimeout(() => child.kill("SIGKILL"), pause);
    await ended(child);
  }
  for (const name of ["ws", "undisturbed"]) expect(shell.fupan("run", "--workspace", name).code).toBe(0);
  const [disturbed, undisturbed] = ["ws", "undisturbed"].map((name) =>
    shell.json<object[]>("sql", count, "--workspace", name),
  );
  expect(disturbed).toEqual(undisturbed);
  expect(disturbed).toEqual([{ n: 49_000, texts: 49_000 }]);
});

test("an import lets readers go first", async () => {
  const own = getPriority();
  const child = shell.start("import", "ws/inbox", "--workspace", "ws");
  const seen = new Set<number>();
  const look = setInterval(() => {
    if (child.exitCode === null && child.pid) seen.add(getPriority(child.pid));
  }, 10);
  await ended(child);
  clearInterval(look);
  expect(Math.max(...seen)).toBe(Math.max(own, 5));
});

test("a second import says who holds the workspace", async () => {
  await withLock(join(shell.root, "ws", "lock.duckdb"), async () => {
    const { code, log } = shell.fupan("build", "--workspace", "ws");
    expect([code, log]).toEqual([1, expect.stringContaining(`PID ${process.pid}`)]);
  });
  expect(shell.fupan("build", "--workspace", "ws").code).toBe(0);
});

test("serve answers while a build publishes, and ends on a signal", async () => {
  const child = shell.start("serve", "--workspace", "ws", "--port", "0");
  let said = "";
  child.stdout.on("data", (text: Buffer) => {
    said += text.toString();
  });
  child.stderr.on("data", (text: Buffer) => {
    said += text.toString();
  });
  while (!/http:\/\/127\.0\.0\.1:\d+/.test(said)) await new Promise((done) => setTimeout(done, 50));
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? "";
  expect(getPriority(child.pid ?? 0)).toBe(getPriority());
  const generation = async () => (await fetch(`${url}/api/v1/review`)).headers.get("x-fupan-generation");
  const before = await generation();
  expect(shell.fupan("build", "--workspace", "ws").code).toBe(0);
  const after = await generation();
  expect(before).toMatch(/^\d{8}T\d{6}-/);
  expect(after).toMatch(/^\d{8}T\d{6}-/);
  expect(after).not.toBe(before);
  child.kill("SIGTERM");
  expect(await ended(child)).toEqual([0, null]);
});
