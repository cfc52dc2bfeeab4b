import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runQuery } from "../../src/review/query.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath } from "../../src/warehouse/publish.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

const HEAD = "#接龙\n周五草莓，三斤一箱\n例 1. 名字 几箱\n";
/** Each reposts the whole list with a line more; the fifth takes a line out, the last begins a week later. */
const POSTS: [string, string, string][] = [
  ["m1", "2026-11-03 09:00:00", `${HEAD}1. 小满 2箱`],
  ["m2", "2026-11-03 09:10:00", `${HEAD}1. 小满 2箱\n2. 阿禾 1箱`],
  // For a neighbour as well: both lines are whose post they are in.
  ["m3", "2026-11-03 10:00:00", `${HEAD}1. 小满 2箱\n2. 阿禾 1箱\n3、木木\n4、木木的邻居 3箱`],
  // The very same line twice is two wishes.
  ["m4", "2026-11-04 08:00:00", `${HEAD}1. 小满 2箱\n2. 阿禾 1箱\n3、木木\n4、木木的邻居 3箱\n5. 小满 2箱`],
  ["m2", "2026-11-04 09:00:00", `${HEAD}1. 小满 2箱\n2、木木\n3、木木的邻居 3箱\n4. 小满 2箱`],
  ["m1", "2026-11-10 09:00:00", `${HEAD}1. 小满 2箱`],
  ["m5", "2026-11-10 11:00:00", "#接龙 周六徒步\n1. 老周"],
];

const community = new Community();
const catalog = readCatalog(SQL_ROOT);
let database: Database;
let entries: Row[];
beforeAll(async () => {
  await community.import(
    "members.csv",
    csv(
      [1, 2, 3, 4, 5].map((n) => ({
        group_id: "g",
        member_id: `m${n}`,
        name: `成员${n}`,
        joined_at: "2026-09-01 00:00:00",
      })),
    ),
  );
  await community.import(
    "messages.csv",
    csv(POSTS.map(([sender_id, sent_at, text]) => ({ group_id: "g", sender_id, sent_at, text }))),
  );
  await community.import(
    "orders.csv",
    csv([{ order_id: "o1", buyer_id: "m3", paid_at: "2026-11-04 12:00:00", amount: 90, group_id: "g" }]),
  );
  const generation = await community.build("2026-11-16T00:00:00");
  database = await Database.open(generationPath(community.workspace.marts, generation), { readOnly: true });
  entries = await database.all(
    `select title, position, quantity, display_name as name, is_withdrawn, week from marts.solitaire_entries
     inner join marts.people using (person_id) order by added_at, position`,
  );
});
afterAll(() => {
  database.close();
  community.remove();
});

describe("a solitaire", () => {
  test("counts each line once, for whoever added it", () => {
    const first = entries.filter((row) => row["week"] === "2026-11-02");
    expect(first.map((row) => [row["name"], row["position"], row["quantity"], row["is_withdrawn"]])).toEqual([
      ["成员1", 1, 2, false],
      ["成员2", 2, 1, true],
      ["成员3", 3, 1, false],
      ["成员3", 4, 3, false],
      ["成员4", 5, 2, false],
    ]);
    expect(new Set(first.map((row) => row["title"]))).toEqual(new Set(["周五草莓，三斤一箱"]));
  });

  test("of the next week under the same title is another one", () => {
    const second = entries.filter((row) => row["week"] === "2026-11-09");
    expect(second.map((row) => [row["title"], row["name"]])).toEqual([
      ["周五草莓，三斤一箱", "成员1"],
      ["周六徒步", "成员5"],
    ]);
  });

  test("holds no nickname, and is a wish beside the orders that followed", async () => {
    const everything = JSON.stringify(await database.all("select * from marts.solitaire_entries"));
    for (const name of ["小满", "阿禾", "木木", "老周"]) expect(everything).not.toContain(name);
    expect(await runQuery(database, catalog, "solitaires", { week: "2026-11-02" })).toEqual([
      expect.objectContaining({
        title: "周五草莓，三斤一箱",
        entries: 4,
        people: 3,
        quantity: 8,
        withdrawn: 1,
        people_bought: 1,
      }),
    ]);
    const [orders] = await database.all(
      "select numerator from report.kpi_weekly where kpi = 'orders' and group_id = 'g' and week = '2026-11-02'",
    );
    expect(orders?.["numerator"]).toBe(1);
  });
});
