import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { everyFile, holds } from "../../src/admin/files.ts";
import { diskError } from "../../src/kit/disk.ts";
import { ensureSpace } from "../../src/kit/space.ts";
import { State } from "../../src/state/state.ts";
import { knows, listUsers } from "../../src/state/users.ts";
import { openWorkspace } from "../../src/workspace.ts";
import { csv } from "../support/community.ts";
import { figures, Moments, problems, shapeOf } from "./inspect.ts";
import { CANARY, Scene } from "./scene.ts";
import { ensureStrace, trace } from "./strace.ts";

const TIMEOUT = 900_000;
const FULL = /磁盘满了|磁盘空间不够/;
const BROKEN = /磁盘读写出错/;
const more = csv([
  { group_id: "g1", sender_id: "m2", sent_at: "2025-10-02T10:00:00Z", text: "补一条" },
  { group_id: "g1", sender_id: "m3", sent_at: "2025-10-03T10:00:00Z", text: "再补一条" },
]);

let scene: Scene;
beforeAll(() => {
  ensureStrace();
  scene = new Scene();
}, TIMEOUT);
afterAll(() => scene.remove());

/** Fails a command's calls in a copy. @returns what it said, after checking that nothing of it is left over. */
async function fail(name: string, args: readonly string[], inject: string, only: readonly string[] = []) {
  const root = scene.copy(name);
  const moments = new Moments(root, scene.folder);
  const [before, shape] = [await moments.now(), shapeOf(root)];
  const paths = only.map((path) => join(root, path));
  const traced = await trace([...scene.program.command, ...args, "--workspace", root], {
    root,
    inject,
    only: paths,
  });
  const after = await moments.now();
  expect(
    traced.calls.some(({ error }) => error !== undefined && inject.includes(error)),
    "nothing failed",
  ).toBe(true);
  const found = await problems(root);
  expect([after.missing, found.filter((one) => !one.startsWith("erasure "))]).toEqual([[], []]);
  expect(after.generation).toBe(before.generation);
  expect(shapeOf(root).filter((file) => !shape.includes(file) && !file.startsWith("lake/"))).toEqual([]);
  expect(shapeOf(root).filter((file) => /tmp|draft/.test(file))).toEqual([]);
  return { root, before, after, found, ...traced };
}

describe("a disk that is full or fails: a message, nothing by half, and the same command works later", () => {
  let wanted: Awaited<ReturnType<typeof figures>>;
  let file: string;
  beforeAll(async () => {
    scene.put("more.csv", more);
    const done = scene.copy("undisturbed");
    file = join(scene.root, "inbox", "more.csv");
    scene.must("import", file, "--workspace", done);
    wanted = await figures(done);
  }, TIMEOUT);

  const PART = ["lake/messages/month=2025-10/part.tmp"];
  const WAL = ["state.duckdb.wal"];
  const STATE = ["state.duckdb"];
  test.each<[string, string, readonly string[], RegExp]>([
    ["no space for a part", "write:error=ENOSPC:when=1+", PART, FULL],
    ["no space for the ledger's log", "write:error=ENOSPC:when=1+", WAL, FULL],
    ["no space for the ledger", "pwrite64:error=ENOSPC:when=1+", STATE, FULL],
    ["a part that cannot be synced", "fsync:error=EIO:when=1+", PART, BROKEN],
    ["a log that cannot be synced", "fsync:error=EIO:when=1+", WAL, BROKEN],
    ["a ledger that cannot be synced", "fsync:error=EIO:when=1+", STATE, BROKEN],
    ["a part that gets no name", "rename:error=EIO:when=1+", PART, BROKEN],
  ])("import: %s", { timeout: TIMEOUT }, async (_what, inject, only, message) => {
    const { root, before, after, code, log } = await fail("failed", ["import", file], inject, only);
    expect([code, log]).toEqual([1, expect.stringMatching(message)]);
    expect(log).toMatch(/再运行同样的命令/);
    expect(log).not.toMatch(/\n\s+at /);
    expect(after.imports.slice(0, before.imports.length)).toEqual(before.imports);
    scene.must("import", file, "--workspace", root);
    expect(await figures(root)).toEqual(wanted);
    expect(shapeOf(root)).toEqual(shapeOf(join(scene.folder, "undisturbed")));
  });

  test.each<[string, string, RegExp]>([
    ["no space for the generation", "pwrite64:error=ENOSPC:when=6+", FULL],
    ["a generation that cannot be synced", "fsync:error=EIO:when=2+", BROKEN],
    ["a generation that gets no name", "rename:error=ENOSPC:when=1+", FULL],
  ])("build: %s", { timeout: TIMEOUT }, async (_what, inject, message) => {
    const { code, log, before, after } = await fail("failed", ["build"], inject);
    expect([code, log]).toEqual([1, expect.stringMatching(message)]);
    expect(after).toEqual(before);
  });
});

describe("decisions, backups and erasures on such a disk", () => {
  const WAL = ["state.duckdb.wal"];
  const STATE = ["state.duckdb"];
  const key = () => {
    const rows = scene.must(
      "sql",
      "select message_key from marts.messages limit 1",
      "--json",
      "--workspace",
      scene.root,
    );
    return String((JSON.parse(rows) as { message_key: string }[])[0]?.message_key);
  };

  test.each<[string, string, readonly string[], RegExp]>([
    ["no space for the log", "write:error=ENOSPC:when=1+", WAL, FULL],
    ["a log that cannot be synced", "fsync:error=EIO:when=1+", WAL, BROKEN],
    ["a state that cannot be synced", "fsync:error=EIO:when=1+", STATE, BROKEN],
  ])("label: %s", { timeout: TIMEOUT }, async (_what, inject, only, message) => {
    const args = ["label", key(), "complaint", "--off"];
    const { root, before, code, log } = await fail("failed", args, inject, only);
    expect([code, log]).toEqual([1, expect.stringMatching(message)]);
    scene.must(...args, "--workspace", root);
    const state = new Moments(root, scene.folder);
    expect((await state.now()).state).not.toBe(before.state);
    expect(await problems(root)).toEqual([]);
  });

  test.each<[string, string, readonly string[], RegExp, boolean]>([
    ["no space for the log", "write:error=ENOSPC:when=1+", WAL, FULL, false],
    ["a log that cannot be synced", "fsync:error=EIO:when=1+", WAL, BROKEN, false],
    ["no space for the state", "pwrite64:error=ENOSPC:when=1+", STATE, FULL, true],
    ["a state that cannot be synced", "fsync:error=EIO:when=1+", STATE, BROKEN, true],
  ])("user add: %s", { timeout: TIMEOUT }, async (_what, inject, only, message, isAdded) => {
    const args = ["user", "add", "小李", "--role", "viewer"];
    const { root, code, out, log } = await fail("failed", args, inject, only);
    expect([code, log]).toEqual([1, expect.stringMatching(message)]);
    const state = new State(openWorkspace(root).state);
    // Whoever is there has a password that somebody was told.
    const password = /密码：(\S+?)（/.exec(out)?.[1];
    expect(await knows(state, "小李", password ?? "")).toBe((await listUsers(state)).length === 1);
    expect([password !== undefined, /不用再添加/.test(log)]).toEqual([isAdded, isAdded]);
    if (password === undefined) scene.must(...args, "--workspace", root);
    expect(await listUsers(state)).toHaveLength(1);
    expect(await problems(root)).toEqual([]);
  });

  test.each<[string, string, RegExp]>([
    ["no space for the copy of the state", "pwrite64:error=ENOSPC:when=1+", FULL],
    ["copies that cannot be synced", "fsync:error=EIO:when=2+", BROKEN],
    ["a backup that gets no name", "rename:error=EIO:when=1+", BROKEN],
  ])("backup: %s", { timeout: TIMEOUT }, async (_what, inject, message) => {
    const args = ["backup", join(scene.folder, "failed", "backups", "kept")];
    const { root, before, after, code, log } = await fail("failed", args, inject);
    expect([code, log]).toEqual([1, expect.stringMatching(message)]);
    expect(after).toEqual(before);
    scene.must(...args, "--workspace", root);
    expect(await problems(root)).toEqual([]);
  });

  test("restore: no space halfway, and the same command goes on from there", {
    timeout: TIMEOUT,
  }, async () => {
    const backup = join(scene.folder, "kept");
    scene.must("backup", backup, "--workspace", scene.root);
    const root = join(scene.folder, "restored");
    const command = ["restore", backup, "--workspace", root];
    const { code, log } = await trace([...scene.program.command, ...command], {
      root,
      inject: "rename:error=ENOSPC:when=3+",
    });
    expect([code, log]).toEqual([1, expect.stringMatching(FULL)]);
    scene.must(...command);
    expect(await problems(root)).toEqual([]);
    expect(shapeOf(root).filter((file) => /\.tmp|restoring/.test(file))).toEqual([]);
    expect(await figures(root)).toEqual(await figures(scene.root));
  });

  test.each<[string, string, readonly string[], RegExp, boolean]>([
    [
      "no space for a part",
      "write:error=ENOSPC:when=1+",
      ["lake/messages/month=2025-09/part.tmp"],
      FULL,
      false,
    ],
    ["a ledger that cannot be synced", "fsync:error=EIO:when=1+", STATE, BROKEN, false],
    ["a folder of generations that cannot be synced", "fsync:error=EIO:when=1+", ["marts"], BROKEN, true],
  ])("forget: %s", { timeout: TIMEOUT }, async (_what, inject, only, message, isBegun) => {
    const args = ["forget", CANARY.id, "--yes"];
    const { root, found, code, log } = await fail("failed", args, inject, only);
    expect([code, log]).toEqual([1, expect.stringMatching(message)]);
    if (isBegun) expect(found.length).toBe(1);
    scene.must(...args, "--workspace", root);
    expect(await problems(root)).toEqual([]);
    const { lake, marts, state } = openWorkspace(root);
    const files = [lake, marts].flatMap(everyFile).concat(state);
    expect(files.filter((one) => holds(one, [CANARY.id, CANARY.phone]))).toEqual([]);
  });
});

test("the message names the file, the space that is left and what to do", async () => {
  const error = await pipeline(["x".repeat(10)], createWriteStream("/dev/full")).catch(
    (thrown: unknown) => thrown,
  );
  expect(diskError(error)?.in("zh")).toMatch(/^磁盘满了/);
  expect(diskError(error)?.in("en")).toMatch(/The disk is full[\s\S]*Free some gigabytes/);
  expect(
    diskError(new Error('IO Error: Could not write file "/w/a.tmp": No space left on device'))?.in("zh"),
  ).toMatch(/写不下 \/w\/a\.tmp/);
  expect(
    diskError(Object.assign(new Error("listen EACCES"), { code: "EACCES", syscall: "listen" })),
  ).toBeNull();
  expect(diskError(new Error("a bug"))).toBeNull();
  expect(() => ensureSpace("/", Number.MAX_SAFE_INTEGER)).toThrow(
    /Not enough space: \/ has .* free, this needs/,
  );
  expect(() => ensureSpace("/", 1)).not.toThrow();
});

test.each([
  new Error('IO Error: Cannot open file "/w/state.duckdb": Read-only file system'),
  Object.assign(new Error("EROFS: read-only file system, mkdir '/w/lists'"), {
    code: "EROFS",
    path: "/w/lists",
  }),
])("a disk that is read-only is named as that, not as somebody else's folder", (error) => {
  expect(diskError(error)?.in("zh")).toMatch(/^磁盘是只读的[\s\S]*复制到别的磁盘/);
  expect(diskError(error)?.in("en")).not.toMatch(/chown/);
});
