import { copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { filesUnder } from "../../src/commands/files.ts";
import { diskError } from "../../src/kit/disk.ts";
import { UserError } from "../../src/kit/errors.ts";
import { pathError } from "../../src/kit/paths.ts";
import { Community, csv } from "../support/community.ts";
import { Shell } from "./cli.ts";

/** A path that is not there, is something else or may not be used is the user's to mend: words and no stack. */
const shell = new Shell();
afterAll(() => shell.remove());

const rows = csv([{ group_id: "g1", sender_id: "m1", sent_at: "2026-11-16T09:00:00", text: "早" }]);

beforeAll(() => {
  expect(shell.fupan("init", "ws").code).toBe(0);
  writeFileSync(join(shell.root, "file"), "x");
  writeFileSync(join(shell.root, "ws", "inbox", "messages.csv"), rows);
});

test("a new workspace is made where --workspace says", () => {
  expect(shell.fupan("--workspace", "named", "init").code).toBe(0);
  expect(existsSync(join(shell.root, "named", "fupan.yaml"))).toBe(true);
  expect(existsSync(join(shell.root, "fupan.yaml"))).toBe(false);
});

test.each([
  ["a file that is not there", ["identify", "none.csv"], /none\.csv.*没有这个文件/],
  [
    "a plan into a folder that is not there",
    ["sop", "template", "retail", "--out", "no/plan.yaml"],
    /no\/plan/,
  ],
  ["a plan in place of a folder", ["sop", "template", "retail", "--out", "ws"], /是文件夹/],
  ["a backup below a file", ["--workspace", "ws", "backup", "file/backup"], /file.*不是文件夹/],
  ["a restore into a file", ["--workspace", "file", "restore", "ws"], /ws 不是复盘的备份/],
])("%s is told in words", (_what, args, words) => {
  const { code, out, log } = shell.fupan(...args);
  expect(out + log).toMatch(words);
  expect(log).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
});

test.each([
  ["state.duckdb", "folder", /state\.duckdb 用不了：这是文件夹，不是文件/],
  ["lock.duckdb", "folder", /lock\.duckdb 用不了：这是文件夹，不是文件/],
  ["marts", "file", /marts 用不了：这里要一个文件夹，已经有同名的文件/],
  ["lists", "file", /lists 用不了：这里要一个文件夹，已经有同名的文件/],
  ["lake", "link", /lake 用不了：这个链接指向的地方没有了/],
  ["lock.duckdb", "link", /lock\.duckdb 用不了：这个链接指向的地方没有了/],
])("%s of a workspace that is a %s is told in words", (name, kind, words) => {
  const root = join(shell.root, `${name}-${kind}`);
  expect(shell.fupan("--workspace", root, "init").code).toBe(0);
  rmSync(join(root, name), { recursive: true, force: true });
  if (kind === "folder") mkdirSync(join(root, name));
  else if (kind === "file") writeFileSync(join(root, name), "x");
  else symlinkSync(join(root, "nowhere", "at-all"), join(root, name));
  const { code, out, log } = shell.fupan("--workspace", root, "verify");
  expect([code, out + log]).toEqual([1, expect.stringMatching(words)]);
  expect(log).not.toMatch(/^\s+at |IO Error/m);
});

test.each([
  ["saved as GBK", Buffer.from([0x63, 0x3a, 0x20, 0xc7, 0xe0, 0xba, 0xcc]), /不是 UTF-8.*\n.*另存为/],
  ["with a cut character", Buffer.from("community: 青", "utf8").subarray(0, -1), /不是 UTF-8/],
  ["that is a folder", null, /是文件夹，不是文件/],
])("a fupan.yaml %s is told in words, and is not read as something else", (what, bytes, words) => {
  const root = join(shell.root, what.replaceAll(" ", "-"));
  mkdirSync(root);
  if (bytes) writeFileSync(join(root, "fupan.yaml"), bytes);
  else mkdirSync(join(root, "fupan.yaml"));
  const { code, log } = shell.fupan("--workspace", root, "verify");
  expect(log).toMatch(words);
  expect(log).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
  expect(existsSync(join(root, "state.duckdb"))).toBe(false);
});

test("a file that is gone when its turn comes is one failed file, and the others go in", async () => {
  const community = new Community();
  const folder = join(community.root, "inbox");
  const going = join(folder, "a.csv");
  writeFileSync(going, rows);
  copyFileSync(going, join(folder, "b.csv"));
  writeFileSync(join(folder, "c.csv"), rows.replace("早", "晚安"));
  const { ImportSession } = await import("../../src/ingest/session.ts");
  const { importFiles } = await import("../../src/ingest/import-files.ts");
  const { importers } = await import("../../pipelines/index.ts");
  const session = await ImportSession.open(community.workspace, community.state);
  rmSync(going);
  const said = [];
  for await (const one of importFiles(
    [going, join(folder, "b.csv"), join(folder, "c.csv")],
    importers,
    session,
    { now: new Date("2026-11-24T00:00:00Z") },
  ))
    said.push("error" in one ? one.error.in("zh") : one.result.status);
  session.close();
  community.remove();
  expect(said).toEqual([expect.stringMatching(/a\.csv 用不了：没有这个文件/), "imported", "imported"]);
});

test("what a system keeps in a folder is none of its files", () => {
  const inbox = join(shell.root, "litter");
  mkdirSync(join(inbox, "__MACOSX"), { recursive: true });
  for (const name of ["Thumbs.db", "desktop.ini", ".DS_Store", "~$a.xlsx", "__MACOSX/a.csv", "a.csv"])
    writeFileSync(join(inbox, name), "x");
  expect(filesUnder(inbox, [])).toEqual([join(inbox, "a.csv")]);
});

test("a link in the inbox is the folder that it leads to, once", () => {
  const [inbox, away] = [join(shell.root, "linked"), join(shell.root, "away")];
  for (const folder of [inbox, away]) mkdirSync(folder);
  writeFileSync(join(away, "a.csv"), "x");
  symlinkSync(inbox, join(away, "back"));
  symlinkSync(away, join(inbox, "one"));
  symlinkSync(away, join(inbox, "two"));
  expect(filesUnder(inbox, [])).toEqual([join(inbox, "one", "a.csv")]);
});

test("a link to a file in the inbox is a file of it, one to nowhere or in a circle is none", () => {
  const inbox = join(shell.root, "links");
  mkdirSync(inbox);
  symlinkSync(join(shell.root, "file"), join(inbox, "linked.csv"));
  symlinkSync(join(shell.root, "nowhere"), join(inbox, "lost.csv"));
  symlinkSync(inbox, join(inbox, "circle"));
  expect(filesUnder(inbox, [])).toEqual([join(inbox, "linked.csv")]);
});

describe("what a disk's error names", () => {
  const wrong = (code: string, more: object) =>
    Object.assign(new Error(`${code}: said so`), { code, ...more });

  test("of a copy it is the file that could not be written", () => {
    const full = wrong("ENOSPC", {
      syscall: "copyfile",
      path: join(shell.root, "file"),
      dest: "/there/copy",
    });
    expect(diskError(full)?.in("zh")).toMatch(/写不下 \/there\/copy（剩余 /);
  });

  test("of a query it is no file of the models", () => {
    const query = Object.assign(new Error("No space left on device"), { path: "sql/marts/some.sql" });
    expect(diskError(query)?.in("zh")).toMatch(/^磁盘满了，写不下\n/);
  });

  test("a bug without a path stays a bug", () => {
    expect(pathError(new Error("ENOENT"))).toBeNull();
    expect(pathError(wrong("ENOENT", { syscall: "spawn x", path: "x" }))).toBeNull();
    expect(diskError(new UserError({ zh: "无", en: "none" }))).toBeNull();
  });
});
