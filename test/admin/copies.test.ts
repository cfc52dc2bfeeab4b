import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { backup } from "../../src/admin/backup.ts";
import { everyFile } from "../../src/admin/files.ts";
import { restore } from "../../src/admin/restore.ts";
import { Community, csv, NOW } from "../support/community.ts";

const disk = vi.hoisted(() => ({ free: Number.POSITIVE_INFINITY }));
vi.mock("node:fs", async (original) => ({
  ...(await original<typeof import("node:fs")>()),
  statfsSync: () => ({ bavail: disk.free, bsize: 1 }),
}));

let community: Community;
let kept: string;
let to: string;
beforeAll(async () => {
  community = new Community();
  await community.import(
    "messages.csv",
    csv([{ group_id: "g1", sender_id: "m1", sent_at: "2026-11-10 10:00:00", text: "早" }]),
  );
  kept = join(community.root, "backups", "kept");
  await backup(community.workspace, community.state, kept, NOW);
  to = join(mkdtempSync(join(tmpdir(), "fupan-copies-")), "restored");
});
afterEach(() => {
  disk.free = Number.POSITIVE_INFINITY;
  rmSync(to, { recursive: true, force: true });
});
afterAll(() => {
  community.remove();
  rmSync(dirname(to), { recursive: true, force: true });
});

const sizeOf = (files: readonly string[]) => files.reduce((sum, file) => sum + statSync(file).size, 0);
const full = { text: { zh: expect.stringMatching(/^磁盘空间不够：.*剩余 1 MB，这一步大约需要 \d+ MB$/) } };

test("a restore looks for space first, and leaves nothing where there is too little", async () => {
  disk.free = 1000;
  await expect(restore(kept, to)).rejects.toMatchObject(full);
  expect(existsSync(to)).toBe(false);
  disk.free = sizeOf(everyFile(kept));
  await restore(kept, to);
  expect(existsSync(join(to, "fupan.yaml"))).toBe(true);
});

test("one that goes on needs space for what is missing", async () => {
  await expect(restore(kept, to, () => Promise.reject(new Error("power")))).rejects.toThrow("power");
  disk.free = 1000;
  await restore(kept, to);
  // Beside them the lock, which holds nothing and is taken before anything is put back.
  const back = everyFile(to).map((file) => relative(to, file));
  expect(back.filter((file) => file !== "lock.duckdb")).toEqual(
    everyFile(kept)
      .map((file) => relative(kept, file))
      .filter((file) => file !== "manifest.json"),
  );
});

test("so does a backup", async () => {
  disk.free = 1000;
  const next = join(community.root, "backups", "next");
  await expect(backup(community.workspace, community.state, next, NOW)).rejects.toMatchObject(full);
  expect(everyFile(dirname(next)).filter((file) => !file.startsWith(kept))).toEqual([]);
  expect(existsSync(next)).toBe(false);
});

test("what comes back from a disk that knows no owners is for its owner alone", async () => {
  for (const file of everyFile(kept)) chmodSync(file, 0o755);
  mkdirSync(to);
  await restore(kept, to);
  const modes = everyFile(to).map((file) => [relative(to, file), statSync(file).mode & 0o777] as const);
  expect(modes.length).toBeGreaterThan(2);
  for (const [file, mode] of modes)
    expect([file, mode]).toEqual([file, file.startsWith("lake") ? 0o400 : 0o600]);
});
