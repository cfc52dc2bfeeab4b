import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { importFiles } from "../../src/ingest/import-files.ts";
import { ImportSession } from "../../src/ingest/session.ts";
import { Database } from "../../src/warehouse/database.ts";
import { Community, csv, NOW } from "../support/community.ts";

let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const said = (from: number, to: number) =>
  csv(
    Array.from({ length: to - from }, (_, at) => ({
      group_id: "g1",
      sender_id: `m${(from + at) % 3}`,
      sent_at: `2026-11-16 10:${String(from + at).padStart(2, "0")}:00`,
      text: `第 ${from + at} 条`,
    })),
  );

it("the next file is read while one is finished, with what one after the other gives, in their order", async () => {
  const files: Record<string, string> = {
    "a.csv": said(0, 20),
    "b.csv": said(10, 30),
    "bad.csv": "x,y\n1,2\n",
    "copy of a.csv": said(0, 20),
    "empty.csv": "",
    "c.csv": said(25, 40),
  };
  const paths = Object.entries(files).map(([name, text]) => {
    const path = join(community.root, name);
    writeFileSync(path, text);
    return path;
  });
  const session = await ImportSession.open(community.workspace, community.state);
  const told = [];
  for await (const one of importFiles(paths, importers, session, { now: NOW }))
    told.push(
      "result" in one
        ? [one.result.status, one.result.read, one.result.accepted, one.result.duplicate]
        : one.error.in("en").split(/[\n,]/)[0],
    );
  await session.flush();
  session.close();
  expect(told).toEqual([
    ["imported", 20, 20, 0],
    ["imported", 20, 10, 10],
    "bad.csv is in no known format",
    ["unchanged", 20, 0, 20],
    "empty.csv is empty",
    ["imported", 15, 10, 5],
  ]);
  expect(readdirSync(community.workspace.scratch).filter((left) => !left.startsWith("spill"))).toEqual([]);
  const rows = await community.lake((database) =>
    database.one("select count(*) as n, count(distinct text) as texts from lake.messages"),
  );
  expect(rows).toEqual({ n: 40, texts: 40 });
});

it("of many groups' logs that come together each opens a few parts, not those of all the others", async () => {
  const log = (group: number) =>
    csv(
      Array.from({ length: 8 }, (_, at) => ({
        group_id: `g${group}`,
        sender_id: `m${at % 3}`,
        sent_at: `2026-11-16 10:${String(at).padStart(2, "0")}:00`,
        text: `第 ${group} 群的第 ${at} 条`,
      })),
    );
  const paths = Array.from({ length: 8 }, (_, group) => {
    const path = join(community.root, `${group}.csv`);
    writeFileSync(path, log(group));
    return path;
  });
  const session = await ImportSession.open(community.workspace, community.state);
  const opened: number[] = [];
  const counted = ["run", "all"].map((method) => {
    const spy = vi.spyOn(Database.prototype, method as "run" | "all");
    return () => spy.mock.calls.flatMap(([sql]) => sql.match(/part-[0-9a-f]{64}/g) ?? []).length;
  });
  for await (const one of importFiles(paths, importers, session, { now: NOW })) {
    expect(one).toMatchObject({ result: { accepted: 8 } });
    opened.push(counted.reduce((sum, count) => sum + count(), 0));
  }
  vi.restoreAllMocks();
  await session.flush();
  session.close();
  const each = opened.map((sum, at) => sum - (opened[at - 1] ?? 0));
  expect(each[0]).toBe(0);
  expect(each[1]).toBeGreaterThan(0);
  expect(each.slice(2)).toEqual(each.slice(2).map(() => each[1]));
});
