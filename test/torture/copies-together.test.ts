import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MANIFEST, readBackup } from "../../src/admin/manifest.ts";
import { restore } from "../../src/admin/restore.ts";
import { withLock } from "../../src/state/lock.ts";
import { lockOf } from "../../src/workspace.ts";
import { figures, problems } from "./inspect.ts";
import { Scene, type Started } from "./scene.ts";
import { ensureStrace, trace } from "./strace.ts";

const TIMEOUT = 600_000;
let scene: Scene;
let backups: [string, string];
let to: string;
beforeAll(() => {
  ensureStrace();
  scene = new Scene();
  to = join(scene.folder, "restored");
  backups = [join(scene.folder, "one"), join(scene.folder, "two")];
  scene.must("backup", backups[0], "--workspace", scene.root);
  scene.must("user", "add", "小李", "--role", "viewer", "--workspace", scene.root);
  scene.must("backup", backups[1], "--workspace", scene.root);
}, TIMEOUT);
afterAll(() => scene.remove());

/** One of two does its work; the other says who is at it, or that it came too late. @returns the one that did it. */
async function oneOf(both: readonly Started[]): Promise<Started> {
  const ends = await Promise.all(both.map(({ ended }) => ended));
  expect(ends.map(({ code }) => code).toSorted((a, b) => Number(a) - Number(b))).toEqual([0, 1]);
  const at = ends.findIndex(({ code }) => code === 0);
  const [winner, loser] = [both[at], ends[1 - at]];
  if (!winner) throw new Error("nobody did it");
  expect(loser?.log).toMatch(new RegExp(`PID ${winner.child.pid}|不是空文件夹`));
  expect(loser?.log).toMatch(/等它结束后再试|恢复到一个新文件夹/);
  return winner;
}

test.each([
  ["of one backup", 0],
  ["of two", 1],
] as const)(
  "two restores into one folder, %s: one is complete, the other gives way",
  { timeout: TIMEOUT },
  async (_of, other) => {
    for (let times = 0; times < 3; times++) {
      rmSync(to, { recursive: true, force: true });
      const both = [backups[0], backups[other]].map((from) =>
        scene.start("restore", from, "--workspace", to),
      );
      await oneOf(both);
      expect(await problems(to)).toEqual([]);
      expect(await figures(to)).toEqual(await figures(scene.root));
    }
  },
);

test("a restore that finds another backup begun leaves the lock to it", {
  timeout: TIMEOUT,
}, async () => {
  rmSync(to, { recursive: true, force: true });
  const command = [...scene.program.command, "restore", backups[1], "--workspace", to];
  const { code, log } = await trace(command, {
    root: to,
    stopAfter: "mkdir",
    onStop: async () => {
      cpSync(join(backups[0], MANIFEST), join(to, "restoring.json"));
      return "go";
    },
  });
  expect(`${code} ${log}`).toMatch(/^1 .*不是空文件夹/);
  expect(existsSync(lockOf(to))).toBe(false);
});

test("a restore that another is at work on touches nothing, and says who is", {
  timeout: TIMEOUT,
}, async () => {
  rmSync(to, { recursive: true, force: true });
  const lock = lockOf(to);
  // Stopped where its state lies there already: a second copy of it would take the place of the one that is written to.
  let said = "";
  await restore(backups[0], to, async () => {
    const { log, code } = await scene.start("restore", backups[0], "--workspace", to).ended;
    said = `${code} ${log}`;
  });
  expect(said).toMatch(new RegExp(`^1 .*PID ${process.pid}[\\s\\S]*等它结束后再试`));
  expect((await readBackup(backups[0])).files.map(({ path }) => path)).not.toContain("lock.duckdb");
  await withLock(lock, async () => undefined);
  expect(await problems(to)).toEqual([]);
});

test("a restore leaves alone what another has begun before it asked for the lock, and sweeps what a dead one left", {
  timeout: TIMEOUT,
}, async () => {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to);
  cpSync(join(backups[0], MANIFEST), join(to, "restoring.json"));
  const { pid: dead } = spawnSync("true");
  const drafts = ["lock.duckdb", "restoring.json"].map((file) => join(to, file));
  for (const pid of [process.pid, dead]) for (const draft of drafts) writeFileSync(`${draft}.tmp-${pid}`, "");
  const { log, code } = await scene.start("restore", backups[0], "--workspace", to).ended;
  expect(`${code} ${log}`).toMatch(/^0 /);
  expect(drafts.map((draft) => existsSync(`${draft}.tmp-${process.pid}`))).toEqual([true, true]);
  expect(drafts.map((draft) => existsSync(`${draft}.tmp-${dead}`))).toEqual([false, false]);
});

test("an import and a restore into the same workspace: the restore finds it taken", {
  timeout: TIMEOUT,
}, async () => {
  scene.addWeek();
  const root = scene.copy("taken");
  const [run, restored] = [
    scene.start("run", "--workspace", root),
    scene.start("restore", backups[0], "--workspace", root),
  ];
  expect((await restored.ended).log).toContain("不是空文件夹");
  expect((await run.ended).code).toBe(0);
  expect(await problems(root)).toEqual([]);
});

test("a backup or an erasure beside a run: one after the other, and the message says what may be at work", {
  timeout: TIMEOUT,
}, async () => {
  for (const args of [
    ["backup", join(scene.folder, "beside")],
    ["forget", "m2", "--yes"],
  ]) {
    const root = scene.copy("beside-run");
    const both = [scene.start("run", "--workspace", root), scene.start(...args, "--workspace", root)];
    const ends = await Promise.all(both.map(({ ended }) => ended));
    expect(ends.some(({ code }) => code === 0)).toBe(true);
    for (const { log } of ends.filter(({ code }) => code !== 0))
      expect(log).toMatch(/PID \d+）：导入、计算、核对、备份、恢复或删除/);
    expect(await problems(root)).toEqual([]);
  }
});
