import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { backup } from "../../src/admin/backup.ts";
import { restore } from "../../src/admin/restore.ts";
import { verify } from "../../src/admin/verify.ts";
import { importFile } from "../../src/ingest/import-file.ts";
import { ImportSession } from "../../src/ingest/session.ts";
import { createSource } from "../../src/review/source.ts";
import { auditHead, notedHead } from "../../src/state/audit.ts";
import { listColumnMaps } from "../../src/state/batches.ts";
import { listIdentityDecisions } from "../../src/state/identity.ts";
import { listCorrections } from "../../src/state/labels.ts";
import { listImports, listParts } from "../../src/state/ledger.ts";
import { claimReminder } from "../../src/state/reminders.ts";
import { State } from "../../src/state/state.ts";
import { listActions } from "../../src/state/suggestions.ts";
import { listTombstones } from "../../src/state/tombstones.ts";
import { knows, listUsers } from "../../src/state/users.ts";
import { build } from "../../src/warehouse/build.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { createLakeViews } from "../../src/warehouse/lake.ts";
import { openWorkspace, type Workspace } from "../../src/workspace.ts";
import { NOW, SQL_ROOT } from "../support/community.ts";

const KEPT = new URL("../../fixtures/workspaces", import.meta.url).pathname;
/** One of each earlier release, as scripts/keep-workspace.ts made it then. */
const versions = readdirSync(KEPT).map((file) => file.replace(/\.zip$/, ""));

async function facts(workspace: Workspace, state: State): Promise<unknown> {
  const database = await Database.open(":memory:");
  try {
    await createLakeViews(database, workspace.lake, await listParts(state));
    return await database.one(
      `select (select count(*) from lake.messages) as messages, (select count(*) from lake.orders) as orders,
         (select sum(amount) from lake.orders) as amount, (select count(distinct name) from lake.contacts) as names`,
    );
  } finally {
    database.close();
  }
}

it("a workspace is kept of every release", () => {
  const changelog = readFileSync(new URL("../../CHANGELOG.md", import.meta.url), "utf8");
  const released = [...changelog.matchAll(/^## (\d+\.\d+\.\d+)/gm)].map(([, version]) => String(version));
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  expect(versions).toEqual(expect.arrayContaining([...released, version]));
});

describe.each(versions)("a workspace of version %s", (version) => {
  let folder: string;
  let workspace: Workspace;
  let state: State;
  const report = () => readFileSync(join(workspace.reports, "2026-W44", "review.json")).toString("base64");
  let frozen: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "fupan-kept-"));
    const root = join(folder, "ws");
    for (const [path, bytes] of Object.entries(unzipSync(readFileSync(join(KEPT, `${version}.zip`))))) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), bytes);
    }
    workspace = openWorkspace(root);
    state = new State(workspace.state);
    frozen = report();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const DECISIONS = async (of: State) => ({
    users: await listUsers(of),
    actions: (await listActions(of))
      .map(({ status, owner, due, reason }) => [status, owner, due, reason])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    identity: (await listIdentityDecisions(of)).map(({ decision, kind }) => [decision, kind]),
    labels: (await listCorrections(of)).map(({ label, isOn }) => [label, isOn]),
    maps: (await listColumnMaps(of)).map((spec) => (spec as { id: string }).id),
    forgotten: (await listTombstones(of)).length,
    imports: (await listImports(of)).map(({ read, accepted }) => [read, accepted]),
  });
  const DECIDED = {
    users: [
      { name: "admin", role: "admin", groups: [] },
      { name: "lead", role: "leader", groups: ["g1"] },
    ],
    actions: [
      ["accepted", "小周", "2026-12-01", null],
      ["rejected", null, null, "已经做过"],
    ],
    identity: [["accept", "nickname"]],
    labels: [["complaint", true]],
    maps: ["kept-orders"],
    // Of the id and of the phone number.
    forgotten: 2,
    imports: expect.arrayContaining([[20, 20]]),
  };
  const FACTS = { messages: 432, orders: 20, amount: expect.anything(), names: 11 };

  it("opens: every decision, user and fact is there, and all of it is sound", async () => {
    expect(await DECISIONS(state)).toEqual(DECIDED);
    expect(await facts(workspace, state)).toEqual(FACTS);
    expect((await verify(workspace, state)).problems).toEqual([]);
    expect(await knows(state, "admin", "kept since then 1")).toBe(true);
    expect(await knows(state, "admin", "kept since then 2")).toBe(false);
    expect(await claimReminder(state, "kept-step", NOW)).toBe(false);
  });

  it("how its audit ends is noted, though its version did not", async () => {
    const head = await state.read(auditHead);
    expect(head.entries).toBeGreaterThan(0);
    expect(await state.read(notedHead)).toEqual(head);
  });

  it("builds; the report of then stays, and a file of then brings nobody back", async () => {
    const path = join(folder, "members again.csv");
    cpSync(join(workspace.inbox, "members.csv"), path);
    chmodSync(path, 0o600);
    writeFileSync(path, `${readFileSync(path, "utf8")}\n`);
    const session = await ImportSession.open(workspace, state);
    const again = await importFile(path, importers, session, { now: NOW });
    await session.flush();
    session.close();
    expect(again).toMatchObject({ status: "imported", read: 12 });
    const catalog = readCatalog(SQL_ROOT);
    await build(workspace, state, catalog, { now: NOW });
    const { source, close } = createSource(workspace.marts, catalog);
    const made = await source.read((generation) => generation.review({ week: "2026-W44" }));
    close();
    expect(made?.kpis.length).toBeGreaterThan(20);
    expect(await facts(workspace, state)).toEqual(FACTS);
    expect(await DECISIONS(state)).toMatchObject({ ...DECIDED, imports: expect.anything() });
    expect(report()).toBe(frozen);
    expect((await verify(workspace, state)).problems).toEqual([]);
  });

  it("goes into a backup and comes back from it; one of a newer version is refused before anything is written", async () => {
    const kept = join(folder, "kept");
    await backup(workspace, state, kept, NOW);
    const root = join(folder, "again");
    await restore(kept, root);
    const restored = openWorkspace(root);
    const again = new State(restored.state);
    expect(await DECISIONS(again)).toMatchObject({ ...DECIDED, imports: expect.anything() });
    expect(await facts(restored, again)).toEqual(FACTS);
    const manifest = JSON.parse(readFileSync(join(kept, "manifest.json"), "utf8")) as object;
    writeFileSync(join(kept, "manifest.json"), JSON.stringify({ ...manifest, state: 999 }));
    const never = join(folder, "never");
    await expect(restore(kept, never)).rejects.toMatchObject({
      text: { zh: expect.stringContaining("更新版本的复盘写的"), en: expect.stringContaining("newer Fupan") },
      hint: { zh: expect.stringContaining("升级") },
    });
    expect(existsSync(never)).toBe(false);
    // A backup that says nothing about versions is of a time before they were said.
    const { state: _, audit: __, ...older } = manifest as { state: number; audit: string };
    writeFileSync(join(kept, "manifest.json"), JSON.stringify(older));
    await restore(kept, never);
    expect((await verify(openWorkspace(never), new State(join(never, "state.duckdb")))).problems).toEqual([]);
  });
});
