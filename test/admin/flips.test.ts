import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { everyFile } from "../../src/admin/files.ts";
import { verify } from "../../src/admin/verify.ts";
import { UserError } from "../../src/kit/errors.ts";
import { withLock } from "../../src/state/lock.ts";
import { State } from "../../src/state/state.ts";
import type { Database } from "../../src/warehouse/database.ts";
import { Community, csv } from "../support/community.ts";

const FLIPS = 200;

let community: Community;
beforeAll(async () => {
  community = new Community();
  const rows = Array.from({ length: 60 }, (_, at) => ({
    group_id: "g1",
    sender_id: `m${at % 5}`,
    sent_at: new Date(Date.UTC(2026, 10, 1, at)).toISOString(),
    text: `第 ${at} 条`,
  }));
  await community.import("messages.csv", csv(rows));
  await withLock(community.workspace.lock, async () => undefined);
});
afterAll(() => community.remove());

/** Every row of every table of the state. */
async function contentOf(database: Database): Promise<string> {
  const tables = await database.all("select table_name from duckdb_tables() where not internal order by all");
  const rows = [];
  for (const { table_name } of tables)
    rows.push(await database.all(`from "${String(table_name)}" order by all`));
  return JSON.stringify(rows);
}

/** The same places in every run. */
function* places(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    yield state / 2 ** 31;
  }
}

const at = places(8);
const next = (below: number) => Math.floor((at.next().value as number) * below);

/** One bit of one file. @returns how it was told; fails where it was not. */
async function flip(path: string, content: string): Promise<"problem" | "refused" | "harmless"> {
  const { workspace, root } = community;
  const whole = readFileSync(path);
  const changed = Buffer.from(whole);
  const place = next(whole.length);
  changed[place] = (changed[place] ?? 0) ^ (1 << next(8));
  const { mode } = statSync(path);
  chmodSync(path, 0o600);
  writeFileSync(path, changed);
  const where = `byte ${place} of ${relative(root, path)}`;
  try {
    const state = new State(workspace.state);
    const { problems } = await withLock(workspace.lock, () => verify(workspace, state));
    if (problems.length > 0) return "problem";
    // What no check covers holds nothing: unused blocks, spaces.
    expect([where, await state.read(contentOf)]).toEqual([where, content]);
    expect([where, basename(path)]).toEqual([
      where,
      expect.stringMatching(/^(state|lock)\.duckdb$|^CURRENT$/),
    ]);
    return "harmless";
  } catch (error) {
    expect([where, error]).toEqual([where, expect.any(UserError)]);
    return "refused";
  } finally {
    writeFileSync(path, whole);
    chmodSync(path, mode);
    rmSync(`${workspace.state}.wal`, { force: true });
  }
}

test("of 200 random flips in the workspace's own files none goes unseen", { timeout: 600_000 }, async () => {
  const { workspace } = community;
  const content = await new State(workspace.state).read(contentOf);
  const told = { problem: 0, refused: 0, harmless: 0 };
  const flips = async (files: readonly string[], count: number) => {
    for (let done = 0; done < count; done++) told[await flip(String(files[next(files.length)]), content)]++;
  };
  // Most of them in the state: the only file that no hash of another covers. Before the first build that is read fast.
  await flips([workspace.state], FLIPS / 2);
  await flips([workspace.lock, ...everyFile(workspace.lake)], FLIPS / 4);
  await community.build();
  await flips(everyFile(workspace.marts), FLIPS / 4);
  expect(told.problem + told.refused + told.harmless).toBe(FLIPS);
  expect(told.problem).toBeGreaterThan(FLIPS / 4);
  expect(told.refused).toBeGreaterThan(10);
});
