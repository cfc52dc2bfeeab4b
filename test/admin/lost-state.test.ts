import { copyFileSync, existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { everyFile } from "../../src/admin/files.ts";
import { verify } from "../../src/admin/verify.ts";
import { sweepLake } from "../../src/ingest/sweep.ts";
import { undoBatch } from "../../src/state/batches.ts";
import { State } from "../../src/state/state.ts";
import { lastPointer, unpublish } from "../../src/warehouse/publish.ts";
import { Shell } from "../commands/cli.ts";
import { Community, csv } from "../support/community.ts";

// Parts that no ledger lists are what an interrupted import left, and are swept away: so the ledger must be the right one.
const day = (text: string) =>
  csv([{ group_id: "g1", sender_id: "m1", sent_at: "2026-11-10 10:00:00", text }]);

describe("a state.duckdb that is gone", () => {
  const shell = new Shell();
  const lake = join(shell.root, "shop", "lake");
  let before: string[];
  beforeAll(async () => {
    const community = new Community();
    await community.import("messages.csv", day("早"));
    before = everyFile(community.workspace.lake).map((file) => file.slice(community.workspace.lake.length));
    rmSync(community.workspace.state);
    renameSync(community.root, join(shell.root, "shop"));
  });
  afterAll(() => shell.remove());

  test.each([
    ["run"],
    ["import", "shop/drop/0/messages.csv"],
    ["build"],
    ["check"],
    ["verify"],
    ["user", "list"],
    ["serve", "--port", "0"],
  ])("%s says so and touches nothing", (...command) => {
    const { code, log } = shell.fupan("--workspace", "shop", ...command);
    expect([code, log]).toEqual([1, expect.stringContaining("state.duckdb 不见了")]);
    expect(log).toContain("fupan restore");
    expect(existsSync(join(shell.root, "shop", "state.duckdb"))).toBe(false);
    expect(everyFile(lake).map((file) => file.slice(lake.length))).toEqual(before);
  });
});

describe("a state.duckdb of before", () => {
  let community: Community;
  let earlier: string;
  beforeAll(async () => {
    community = new Community();
    earlier = join(community.root, "earlier.duckdb");
    await community.import("one.csv", day("早"));
    copyFileSync(community.workspace.state, earlier);
    await community.import("two.csv", day("好"), { batch: "two" });
    await community.build();
    copyFileSync(earlier, community.workspace.state);
  });
  afterAll(() => community.remove());

  test("takes in nothing, builds nothing and sweeps nothing away", async () => {
    const before = everyFile(community.workspace.lake);
    const state = new State(community.workspace.state);
    const refused = expect.objectContaining({ message: expect.stringContaining("older than the published") });
    await expect(sweepLake(community.workspace, state)).rejects.toEqual(refused);
    await expect(community.import("three.csv", day("晚"))).rejects.toEqual(refused);
    await expect(community.build()).rejects.toEqual(refused);
    expect(everyFile(community.workspace.lake)).toEqual(before);
    const { problems } = await verify(community.workspace, state);
    expect(problems.map(({ code, path }) => [code, path])).toEqual([["older", "state.duckdb"]]);
  });

  test("planted: without a word of the pointer the newer part would be swept away", async () => {
    const files = everyFile(community.workspace.lake).length;
    unpublish(community.workspace.marts);
    expect(await sweepLake(community.workspace, new State(community.workspace.state))).toBeGreaterThan(0);
    expect(everyFile(community.workspace.lake).length).toBeLessThan(files);
  });
});

test("a ledger that was made smaller on purpose is no older one", async () => {
  const community = new Community();
  try {
    await community.import("one.csv", day("早"));
    await community.import("two.csv", day("好"), { batch: "two" });
    await community.build();
    const published = lastPointer(community.workspace.marts)?.ledger;
    await undoBatch(community.state, community.workspace.lake, "two");
    await community.build();
    expect(lastPointer(community.workspace.marts)?.ledger).toBe((published ?? 0) + 1);
    expect((await verify(community.workspace, community.state)).problems).toEqual([]);
  } finally {
    community.remove();
  }
});
