import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { importFile } from "../../src/ingest/import-file.ts";
import { ImportSession } from "../../src/ingest/session.ts";
import { listImports } from "../../src/state/ledger.ts";
import { Community, csv } from "../support/community.ts";

let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const said = (days: readonly number[]) =>
  csv(
    days.map((day) => ({
      group_id: "g1",
      sender_id: "m1",
      sent_at: `2026-11-${day}T10:00:00Z`,
      text: `${day} 日`,
    })),
  );

/** An import by a machine whose clock says `clock`. */
async function importAt(clock: string, name: string, content: string) {
  const now = new Date(clock);
  const session = await ImportSession.open(community.workspace, community.state, now);
  try {
    const path = join(community.root, name);
    writeFileSync(path, content);
    const result = await importFile(path, importers, session, { now });
    await session.flush();
    return [result.status, result.accepted, result.duplicate, result.rejected];
  } finally {
    session.close();
  }
}
const days = () =>
  community.lake(async (lake) => {
    const rows = await lake.all("select text from lake.messages order by all");
    return rows.map(({ text }) => String(text));
  });

test("what a clock that was behind refused as the future is taken in once it is right", async () => {
  const file = said([10, 11, 12]);
  expect(await importAt("2024-11-12T00:00:00Z", "log.csv", file)).toEqual(["imported", 0, 0, 3]);
  expect(await importAt("2026-11-13T00:00:00Z", "log.csv", file)).toEqual(["imported", 3, 0, 0]);
  expect(await days()).toEqual(["10 日", "11 日", "12 日"]);
  expect(await listImports(community.state)).toHaveLength(1);
  expect(await importAt("2026-11-14T00:00:00Z", "log.csv", file)).toEqual(["unchanged", 0, 3, 0]);
});

test("so is a part of a file, and no row of it or of another comes twice", async () => {
  const file = said([10, 11, 20]);
  expect(await importAt("2026-11-12T00:00:00Z", "log.csv", file)).toEqual(["imported", 2, 0, 1]);
  expect(await importAt("2026-11-12T12:00:00Z", "log.csv", file)).toEqual(["unchanged", 0, 2, 1]);
  // Days later, but not late enough: the file says nothing new, and nothing is written.
  const before = await listImports(community.state);
  expect(await importAt("2026-11-15T00:00:00Z", "log.csv", file)).toEqual(["unchanged", 0, 2, 1]);
  expect(await listImports(community.state)).toEqual(before);
  expect(await importAt("2026-11-21T00:00:00Z", "later.csv", said([11, 20, 21]))).toEqual([
    "imported",
    2,
    1,
    0,
  ]);
  expect(await importAt("2026-11-22T00:00:00Z", "log.csv", file)).toEqual(["imported", 2, 1, 0]);
  expect(await days()).toEqual(["10 日", "11 日", "20 日", "21 日"]);
});

test("a clock that goes back between two imports changes nothing of what was taken in", async () => {
  const file = said([10, 11]);
  expect(await importAt("2026-11-12T00:00:00Z", "log.csv", file)).toEqual(["imported", 2, 0, 0]);
  expect(await importAt("2024-11-12T00:00:00Z", "log.csv", file)).toEqual(["unchanged", 0, 2, 0]);
  expect(await importAt("2024-11-12T00:00:00Z", "later.csv", said([10, 11, 12]))).toEqual([
    "imported",
    0,
    0,
    3,
  ]);
  expect(await days()).toEqual(["10 日", "11 日"]);
});
