import { createHash } from "node:crypto";
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { rewriteParts } from "../../src/admin/rewrite.ts";
import { ADDED, FACTS } from "../../src/ingest/facts.ts";
import { listParts } from "../../src/state/ledger.ts";
import { Database, literal, name } from "../../src/warehouse/database.ts";
import { Community, csv } from "../support/community.ts";

/* Parts of the lake that were written before a column was: they are read, known again, and rewritten with it. */

const list = (snapshot_at: string, members: Record<string, string>) =>
  csv(
    Object.entries(members).map(([member_id, level]) => ({ group_id: "g", member_id, level, snapshot_at })),
  );
const FIRST = list("2026-11-03 09:00:00", { a: "普通", b: "普通" });

let community: Community;
afterEach(() => community.remove());

/** Writes the parts of a fact as an earlier version did. */
async function writeAsBefore(of: "member_snapshots" | "contacts" = "member_snapshots"): Promise<void> {
  const parts = (await listParts(community.state)).filter(({ fact }) => fact === of);
  const database = await Database.open(":memory:");
  for (const part of parts) {
    const path = join(community.workspace.lake, part.path);
    chmodSync(path, 0o600);
    await database.run(`create table old as select * exclude (${ADDED[of]?.map(name).join(", ")})
      from read_parquet(${literal(path)}, hive_partitioning = false)`);
    await database.run(`copy old to ${literal(path)} (format parquet)`);
    await database.run("drop table old");
    const bytes = readFileSync(path);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await community.state.write((state) =>
      state.run("update parts set bytes = $bytes, sha256 = $sha256 where path = $path", {
        bytes: bytes.length,
        sha256,
        path: part.path,
      }),
    );
  }
  database.close();
}

describe("a part without the columns that were added", () => {
  test("is read beside new ones, and its rows are known when they come again", async () => {
    community = new Community();
    await community.import("list1.csv", FIRST);
    await writeAsBefore();
    expect(await community.query("select level, count(*) as n from marts.people group by all")).toEqual([
      { level: "普通", n: 2 },
    ]);
    // The old part first, then the new one, whose columns are more.
    const both = await community.import(
      "list2.csv",
      `${FIRST}${list("2026-11-10 09:00:00", { a: "VIP", b: "普通" }).split("\n").slice(1).join("\n")}`,
    );
    expect([both.accepted, both.duplicate]).toEqual([2, 2]);
    expect(await community.query("select level from marts.people order by level")).toEqual([
      { level: "VIP" },
      { level: "普通" },
    ]);
    const again = await community.import("list3.csv", `${FIRST}\n`);
    expect([again.accepted, again.duplicate]).toEqual([0, 2]);
  });

  test("gives up a person", async () => {
    community = new Community();
    await community.import("list1.csv", FIRST);
    await writeAsBefore();
    const { keys } = await community.lake((lake) =>
      lake.one("select list(person_key) as keys from lake.member_snapshots limit 1"),
    );
    const [key = ""] = keys as string[];
    const database = await Database.open(":memory:");
    const { removed } = await rewriteParts(
      database,
      community.workspace.lake,
      (await listParts(community.state)).filter(({ fact }) => fact === "member_snapshots"),
      [key],
      [],
      { any: null, telling: null },
    );
    database.close();
    expect(removed).toEqual({ member_snapshots: 1 });
  });

  test("states each key as it was before them", async () => {
    community = new Community();
    await community.import("list1.csv", FIRST);
    const before = Object.keys(FACTS.member_snapshots).filter(
      (column) => !["row_key", "source_format", ...(ADDED.member_snapshots ?? [])].includes(column),
    );
    const key = `md5_number_lower(concat_ws(chr(31), ${before.map((one) => `coalesce(${one}::varchar, '')`).join(", ")}))`;
    const { same } = await community.lake((lake) =>
      lake.one(`select bool_and(row_key = ${key}) as same from lake.member_snapshots`),
    );
    expect(same).toBe(true);
  });

  test("of contacts is read beside a list of opt-outs, and its rows are known when they come again", async () => {
    community = new Community();
    const contacts = csv([
      { person_key: "a", name: "小满" },
      { person_key: "b", name: "阿青" },
    ]);
    await community.import("contacts.csv", contacts);
    await writeAsBefore("contacts");
    await community.import("退订.csv", "微信号,昵称,退订\na,小满,是\n");
    const again = await community.import("contacts2.csv", `${contacts}\n`);
    expect([again.accepted, again.duplicate]).toEqual([0, 2]);
    const rows = await community.lake((lake) =>
      lake.all("select raw_id, is_opted_out from lake.contacts order by all"),
    );
    expect(rows).toEqual([
      { raw_id: "a", is_opted_out: true },
      { raw_id: "a", is_opted_out: null },
      { raw_id: "b", is_opted_out: null },
    ]);
  });
});
