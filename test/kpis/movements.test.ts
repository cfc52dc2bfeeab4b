import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runQuery } from "../../src/review/query.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath } from "../../src/warehouse/publish.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

const catalog = readCatalog(SQL_ROOT);
/** Eight weeks; 1 = active, 0 = not, . = not there yet; the week of leaving where somebody left. Expected states beside. */
const PEOPLE: Record<string, { weeks: string; left?: number; states: string }> = {
  A: { weeks: "11111111", states: "N A A A A A A A" },
  B: { weeks: "11000000", states: "N A r r r D D D" },
  C: { weeks: "10000010", states: "N r r r D D R r" },
  D: { weeks: "00000000", states: "N S S S S S S S" },
  E: { weeks: "..010000", states: "- - N A r r r D" },
  F: { weeks: ".1100000", left: 5, states: "- N A r L L L L" },
  G: { weeks: "10100010", states: "N r A r r r A r" },
  H: { weeks: "00000100", states: "N S S S S A r r" },
  I: { weeks: ".......0", states: "- - - - - - - N" },
  J: { weeks: "...10001", states: "- - - N r r r A" },
};
const NAMES: Record<string, string> = {
  "-": "none",
  N: "new",
  A: "active",
  r: "at_risk",
  D: "dormant",
  R: "resurrected",
  S: "silent",
  L: "left",
};
const START = Date.UTC(2026, 7, 31);
const day = (week: number, weekday = 0) =>
  new Date(START + (7 * week + weekday) * 86_400_000).toISOString().slice(0, 10);

const community = new Community();
let database: Database;
const ask = (name: string, params: Record<string, string | number>) =>
  runQuery(database, catalog, name, params);
const flows = (rows: readonly Row[]) =>
  Object.fromEntries(rows.map((row) => [`${row["from"]} → ${row["to"]}`, row["persons"]]));

beforeAll(async () => {
  const people = Object.entries(PEOPLE);
  // Full history for the tracker; three lists, two weeks apart, for the levels of another group.
  await community.import(
    "members.csv",
    csv(
      people.map(([id, { weeks, left }]) => ({
        group_id: "g",
        member_id: id,
        joined_at: `${day(weeks.lastIndexOf(".") + 1)} 08:00:00`,
        left_at: left ? `${day(left - 1, 2)} 08:00:00` : "",
      })),
    ),
  );
  const list = (levels: Record<string, string>, at: string) =>
    csv(
      Object.entries(levels).map(([member_id, level]) => ({
        group_id: "v",
        member_id,
        level,
        joined_at: "2026-08-01 08:00:00",
        snapshot_at: at,
      })),
    );
  await community.import(
    "list1.csv",
    list({ v1: "普通", v2: "普通", v3: "普通", v4: "VIP", v5: "" }, `${day(1, 2)} 09:00:00`),
  );
  await community.import(
    "list2.csv",
    list({ v1: "VIP", v2: "VIP", v3: "普通", v5: "普通" }, `${day(3, 2)} 09:00:00`),
  );
  await community.import(
    "messages.csv",
    csv(
      people.flatMap(([sender_id, { weeks }]) =>
        [...weeks].flatMap((said, week) =>
          said === "1"
            ? [{ group_id: "g", sender_id, sent_at: `${day(week, 1)} 12:00:00`, text: `第 ${week} 周` }]
            : [],
        ),
      ),
    ),
  );
  const generation = await community.build(`${day(8)}T00:00:00`);
  database = await Database.open(generationPath(community.workspace.marts, generation), { readOnly: true });
});
afterAll(() => {
  database.close();
  community.remove();
});

describe("reactivation tracker", () => {
  test.each([1, 2, 3, 4, 5, 6, 7])("moves into week %d + 1 as the ten lives say", async (week) => {
    const wanted: Record<string, number> = {};
    for (const { states } of Object.values(PEOPLE)) {
      const [from = "-", to = "-"] = states.split(" ").slice(week - 1, week + 1);
      if (to === "-") continue;
      const key = `${NAMES[from]} → ${NAMES[to]}`;
      wanted[key] = (wanted[key] ?? 0) + 1;
    }
    expect(flows(await ask("reactivation", { group_id: "g", week: day(week) }))).toEqual(wanted);
  });

  test("the two senses of coming back are told apart", async () => {
    const last = flows(await ask("reactivation", { group_id: "g", week: day(7) }));
    // J was active in week 4 and is again: returned, but never dormant, so not resurrected.
    expect(Object.keys(last).some((key) => key.endsWith("resurrected"))).toBe(false);
    const [growth] = await database.all(
      `select active, new, retained, returned, lost from marts.growth_weeks where group_id = 'g' and week = '${day(7)}'`,
    );
    expect(growth).toEqual({ active: 2, new: 0, retained: 1, returned: 1, lost: 2 });
  });

  test("cohort of week 1: active in week k of six", async () => {
    const rows = await database.all(
      `select k, size, active from marts.cohort_weeks where cohort = '${day(0)}' order by k`,
    );
    expect(rows.map((row) => row["active"])).toEqual([4, 2, 2, 1, 1, 2, 3, 1]);
    expect(rows[0]?.["size"]).toBe(6);
  });
});

describe("level migration", () => {
  test("moves in the week of the list that states the new level", async () => {
    expect(flows(await ask("level_flows", { group_id: "v", week: day(3) }))).toEqual({
      "普通 → VIP": 2,
      "普通 → 普通": 1,
      // On no list any more.
      "VIP → left": 1,
      "unknown → 普通": 1,
    });
    expect(flows(await ask("level_flows", { group_id: "v", week: day(2) }))).toEqual({
      "VIP → VIP": 1,
      "普通 → 普通": 3,
      "unknown → unknown": 1,
    });
  });

  test("both sides add up to the members, in every week and scope", async () => {
    for (let week = 1; week < 8; week++)
      for (const group_id of ["*", "v", "g"]) {
        const rows = await ask("level_flows", { group_id, week: day(week) });
        const members = await database.one(
          `select count(*) filter (is_member_start) as before, count(*) filter (is_member_end) as after
           from marts.participation where group_id = '${group_id}' and week = '${day(week)}'`,
        );
        const sum = (side: string, outside: string) =>
          rows.filter((row) => row[side] !== outside).reduce((all, row) => all + Number(row["persons"]), 0);
        expect([sum("from", "none"), sum("to", "left")]).toEqual([
          Number(members["before"]),
          Number(members["after"]),
        ]);
      }
  });
});

test("who comes back to a group is new there again (statistics.md 1.7: joined in w), a second group makes nobody new", async () => {
  const again = new Community();
  const stay = (group_id: string, member_id: string, joined: string, left_at = "") => ({
    group_id,
    member_id,
    joined_at: `${joined} 08:00:00`,
    left_at,
  });
  const [monday, tuesday] = [day(7), day(7, 1)];
  await again.import(
    "members.csv",
    csv([
      // Left in week 2 and back in week 8; in a second group since week 8; there all the time.
      stay("g", "r", day(0), `${day(1, 3)} 08:00:00`),
      stay("g", "r", tuesday),
      // The same, back in week 7 without a word, and heard in week 8: new, so not dormant, before.
      stay("g", "v", day(0), `${day(1, 3)} 08:00:00`),
      stay("g", "v", day(6, 1)),
      stay("g", "s", day(0)),
      stay("h", "s", tuesday),
      stay("g", "t", day(0)),
    ]),
  );
  const said = (sender_id: string, at: string) => ({
    group_id: "g",
    sender_id,
    sent_at: `${at} 12:00:00`,
    text: "早",
  });
  await again.import(
    "messages.csv",
    csv([
      said("v", day(0, 1)),
      said("v", day(7, 2)),
      said("r", day(0, 1)),
      said("r", day(7, 2)),
      said("t", day(0, 1)),
      said("t", day(7, 2)),
    ]),
  );
  const generation = await again.build(`${day(8)}T00:00:00`);
  const own = await Database.open(generationPath(again.workspace.marts, generation), { readOnly: true });
  const moves = (group_id: string) => runQuery(own, catalog, "reactivation", { group_id, week: monday });
  const wanted = { "left → new": 1, "new → active": 1, "dormant → resurrected": 1, "silent → silent": 1 };
  expect(flows(await moves("g"))).toEqual(wanted);
  expect(flows(await moves("*"))).toEqual(wanted);
  own.close();
  again.remove();
});
