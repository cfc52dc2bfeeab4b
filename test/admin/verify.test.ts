import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { backup } from "../../src/admin/backup.ts";
import { everyFile } from "../../src/admin/files.ts";
import { restore } from "../../src/admin/restore.ts";
import { seal, unsealed } from "../../src/admin/seal.ts";
import { verify } from "../../src/admin/verify.ts";
import { sweepLake } from "../../src/ingest/sweep.ts";
import { audit, parseHead } from "../../src/state/audit.ts";
import { listParts } from "../../src/state/ledger.ts";
import { State } from "../../src/state/state.ts";
import { generationPath, readPointer } from "../../src/warehouse/publish.ts";
import { openWorkspace, type Workspace } from "../../src/workspace.ts";
import { Community, csv, NOW } from "../support/community.ts";

const messages = csv([
  { group_id: "g1", sender_id: "m1", sent_at: "2026-11-10 10:00:00", text: "早" },
  { group_id: "g1", sender_id: "m2", sent_at: "2026-10-10 10:01:00", text: "好" },
]);

const entryOf = (who: string) => ({ at: "2026-11-24T08:00:00.000Z", who, action: "export", detail: "{}" });

const FIGURES = "select * exclude (value) from report.kpi_weekly order by all";

interface Copy {
  root: string;
  workspace: Workspace;
  state: State;
}

describe("verify", () => {
  let made: Community;
  let figures: unknown;
  /** A copy for each test: a build takes longer than all of them. */
  let community: Copy;
  beforeAll(async () => {
    made = new Community();
    await made.import("messages.csv", messages);
    for (const who of ["a", "b"]) await audit(made.state, entryOf(who));
    await made.build();
    figures = await made.query(FIGURES);
  });
  afterAll(() => made.remove());
  beforeEach(() => {
    const root = mkdtempSync(join(tmpdir(), "fupan-verify-"));
    cpSync(made.root, root, { recursive: true });
    const workspace = openWorkspace(root);
    community = { root, workspace, state: new State(workspace.state) };
  });
  afterEach(() => rmSync(community.root, { recursive: true, force: true }));

  const found = async () =>
    (await verify(community.workspace, community.state)).problems.map(({ code }) => code);
  const firstPart = async () => {
    const [part] = await listParts(community.state);
    if (!part) throw new Error("no part");
    const path = join(community.workspace.lake, part.path);
    chmodSync(path, 0o600);
    return path;
  };
  const flip = (path: string) => {
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  };
  const generation = () =>
    generationPath(community.workspace.marts, readPointer(community.workspace.marts)?.generation ?? "");

  it("is content with what was written, and counts files that nobody lists", async () => {
    writeFileSync(join(community.workspace.lake, "part.tmp-1"), "x");
    const result = await verify(community.workspace, community.state);
    expect(result).toMatchObject({ imports: 1, problems: [], leftovers: 1 });
    expect(result.rows).toBeGreaterThanOrEqual(2);
    expect(await sweepLake(community.workspace, community.state)).toBe(1);
    expect(await verify(community.workspace, community.state)).toMatchObject({ problems: [], leftovers: 0 });
  });

  it("finds one flipped bit, a cut and a missing part", async () => {
    const path = await firstPart();
    const whole = readFileSync(path);
    flip(path);
    expect(await found()).toEqual(["changed"]);
    writeFileSync(path, whole);
    expect(await found()).toEqual([]);
    truncateSync(path, whole.length - 1);
    expect(await found()).toEqual(["changed"]);
    rmSync(path);
    expect(await found()).toEqual(["missing"]);
  });

  it("finds a changed generation and a log beside it", async () => {
    writeFileSync(`${generation()}.wal`, "");
    expect(await found()).toEqual(["wal"]);
    rmSync(`${generation()}.wal`);
    flip(generation());
    expect(await found()).toEqual(["changed"]);
  });

  it("finds that lines were taken off the audit's end, from every place that knows how long it was", async () => {
    const { workspace, state } = community;
    const cut = async (from: number) => {
      await state.write((database) => database.run(`delete from audit where entry_id >= ${from}`));
      return verify(workspace, state);
    };
    for (const who of ["c", "d"]) await audit(state, entryOf(who));
    const { audit: head } = await verify(workspace, state);
    expect(head).toEqual({ entries: 4, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    await backup(workspace, state, join(workspace.root, "backups", "one"), NOW);
    const last = (await cut(4)).problems;
    expect(last.map(({ code, path }) => [code, path])).toEqual([
      ["audit-cut", "state.duckdb"],
      ["audit-cut", "state.duckdb"],
    ]);
    expect(last[0]?.what).toMatchObject({ zh: expect.stringContaining("state.duckdb 记着至少有 4 条") });
    expect(last[1]?.what.en).toContain("manifest.json knows of 4");
    // Whoever mends the note in the same file still has the backup, the pointer and what was noted elsewhere against them.
    const note = (text: string) =>
      state.write((database) =>
        database.run("update settings set value = $text where name = 'audit_head'", { text }),
      );
    await note("");
    expect((await cut(3)).problems.map(({ what }) => what.en.split(": ")[1])).toEqual([
      expect.stringContaining("manifest.json"),
    ]);
    rmSync(join(workspace.root, "backups"), { recursive: true });
    expect((await cut(2)).problems.map(({ what }) => what.en.split(": ")[1])).toEqual([
      expect.stringMatching(/^marts.CURRENT knows of 2/),
    ]);
    rmSync(join(workspace.marts, "CURRENT"));
    expect((await verify(workspace, state)).problems).toEqual([]);
    const noted = parseHead(`4:${head.hash.slice(0, 16)}`);
    expect((await verify(workspace, state, noted)).problems.map(({ code }) => code)).toEqual(["audit-cut"]);
    // Another chain of the same length is another chain.
    for (const who of ["x", "y", "z"]) await audit(state, entryOf(who));
    expect((await verify(workspace, state, noted)).problems.map(({ code }) => code)).toContain("audit-cut");
    expect([parseHead("4"), parseHead("x:ab"), parseHead("4:zz")]).toEqual([null, null, null]);
  });

  it("finds a changed report, and none where somebody was taken out of one", async () => {
    const { workspace, state } = community;
    const week = join(workspace.reports, "2026-W44");
    mkdirSync(week);
    writeFileSync(join(week, "review.md"), "说了 wxid_x 的一句");
    await seal(week);
    expect(await found()).toEqual([]);
    writeFileSync(join(week, "review.md"), "说了 wxid_x 的两句");
    expect(await found()).toEqual(["changed"]);
    rmSync(join(week, "review.md"));
    expect(await found()).toEqual(["changed"]);
    await unsealed(workspace.reports, [join(week, "review.md")], () =>
      writeFileSync(join(week, "review.md"), "说了的一句"),
    );
    expect(await found()).toEqual([]);
    writeFileSync(join(week, "seal.json"), "{");
    expect(await verify(workspace, state)).toMatchObject({
      problems: [{ code: "changed", path: "reports/2026-W44/seal.json" }],
    });
  });

  it("a backup in an empty folder gives the same numbers", async () => {
    const folder = join(community.root, "kept");
    const { files } = await backup(community.workspace, community.state, folder, NOW);
    expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(["state.duckdb", "fupan.yaml"]));
    await expect(backup(community.workspace, community.state, folder, NOW)).rejects.toThrow("exists already");

    const again = new Community();
    rmSync(again.root, { recursive: true });
    await restore(folder, again.root);
    const workspace = openWorkspace(again.root);
    const state = new State(workspace.state);
    expect((await verify(workspace, state)).problems).toEqual([]);
    expect(await state.secret()).toBe(await community.state.secret());
    expect(await again.query(FIGURES)).toEqual(figures);
    await expect(restore(folder, again.root)).rejects.toThrow("not empty");
    again.remove();
  });

  it("a damaged backup is refused before anything is written", async () => {
    const folder = join(community.root, "kept");
    await backup(community.workspace, community.state, folder, NOW);
    const damaged = join(community.root, "damaged");
    cpSync(folder, damaged, { recursive: true });
    const [file] = everyFile(join(damaged, "lake"));
    chmodSync(String(file), 0o600);
    flip(String(file));
    const target = join(community.root, "target");
    await expect(restore(damaged, target)).rejects.toThrow("damaged");
    expect(everyFile(target)).toEqual([]);
    await expect(restore(community.root, target)).rejects.toThrow("no backup");
  });

  it("damage of the workspace does not get into a backup", async () => {
    flip(await firstPart());
    const folder = join(community.root, "kept");
    await expect(backup(community.workspace, community.state, folder, NOW)).rejects.toThrow(
      /lake.* is not what was written/,
    );
    expect(everyFile(community.root).filter((file) => file.includes("/kept"))).toEqual([]);
  });

  it("an interrupted restore is completed by the same call, and by no other backup", async () => {
    const [folder, other] = [join(community.root, "kept"), join(community.root, "other")];
    await backup(community.workspace, community.state, folder, NOW);
    await backup(community.workspace, community.state, other, new Date(NOW.getTime() + 1000));
    const target = join(community.root, "target");
    const building = () => Promise.reject(new Error("the power went"));
    await expect(restore(folder, target, building)).rejects.toThrow("the power went");
    await expect(restore(other, target)).rejects.toThrow("not empty");
    rmSync(join(target, "fupan.yaml"));
    rmSync(join(target, "state.duckdb"));
    writeFileSync(join(target, "state.duckdb.tmp-1"), "half");
    await restore(folder, target);
    const workspace = openWorkspace(target);
    expect((await verify(workspace, new State(workspace.state))).problems).toEqual([]);
    expect(everyFile(target).filter((file) => /tmp-|restoring/.test(file))).toEqual([]);
    writeFileSync(join(folder, "manifest.json"), "{}");
    await expect(restore(folder, join(community.root, "next"))).rejects.toThrow("manifest.json is missing");
    expect(existsSync(join(community.root, "next"))).toBe(false);
  });
});
