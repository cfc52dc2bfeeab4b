import { afterAll, beforeAll, expect, test } from "vitest";
import { explainKpi } from "../../src/review/explain/of-week.ts";
import { GenerationReader } from "../../src/review/reader.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

/*
 * A week that is not over stands beside the same part of the week before: what a build seven days earlier would have
 * said. Two groups with people in both, joins, leaves and a rejoin, speech and orders at all hours.
 */
const START = Date.parse("2026-10-05T00:00:00Z");
const at = (hour: number) => new Date(START + hour * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
const AS_OF = "2026-11-19T15:20:00";
const WEEK_BEFORE = "2026-11-12T15:20:00";

const community = new Community();
let now: Row[];
let then: Row[];
beforeAll(async () => {
  const people = Array.from({ length: 60 }, (_, n) => n);
  const stays = people.flatMap((n) =>
    ["g1", "g2"].flatMap((group_id, g) => {
      if ((n + g) % 3 === 0) return [];
      const [from, to] = [(n * 37 + g * 11) % 900, 700 + ((n * 53) % 700)];
      const stay = { group_id, member_id: `m${n}`, joined_at: at(from), left_at: n % 4 === 0 ? at(to) : "" };
      return n % 8 === 0 ? [stay, { ...stay, joined_at: at(to + 30), left_at: "" }] : [stay];
    }),
  );
  const said = Array.from({ length: 900 }, (_, k) => ({
    group_id: k % 2 ? "g1" : "g2",
    sender_id: `m${(k * 7) % 60}`,
    sent_at: at((k * 13.7) % 1100),
    text: k % 5 === 0 ? "收到" : "今天吃什么",
  }));
  const orders = Array.from({ length: 120 }, (_, k) => ({
    order_id: `o${k}`,
    buyer_id: `m${(k * 11) % 60}`,
    paid_at: at((k * 9.3) % 1100),
    amount: 10 + k,
  }));
  await community.import("members.csv", csv(stays));
  await community.import("messages.csv", csv(said));
  await community.import("orders.csv", csv(orders));
  then = await community.query(
    "select * from report.kpi_weekly where segment = '*' and week = '2026-11-09'",
    WEEK_BEFORE,
  );
  now = await community.query(
    `select c.*, v.verdict, v.reason from report.comparisons as c inner join report.verdicts as v using (kpi, group_id, week) where week = '2026-11-16'`,
    AS_OF,
  );
});
afterAll(() => community.remove());

test("a mean of days is of the days that have begun", () => {
  const of = (rows: readonly Row[], kpi: string) =>
    rows.find((row) => row["kpi"] === kpi && row["group_id"] === "*");
  // Thursday night in Shanghai.
  expect(of(now, "dau_mean")?.["denominator"]).toBe(4);
  expect(of(then, "dau_mean")?.["denominator"]).toBe(4);
  const [daily, weekly] = [of(now, "dau_mean"), of(now, "speakers")];
  expect(of(now, "stickiness")?.["value"]).toBeCloseTo(
    Number(daily?.["value"]) / Number(weekly?.["value"]),
    12,
  );
});

test("what stands beside it is what a build seven days earlier said", () => {
  const known = now.filter((row) => row["previous_numerator"] !== null);
  const wanted = new Map(then.map((row) => [`${row["kpi"]} ${row["group_id"]}`, row]));
  expect(new Set(known.map((row) => row["kpi"])).size).toBeGreaterThanOrEqual(15);
  for (const row of known) {
    const key = `${row["kpi"]} ${row["group_id"]}`;
    const one = wanted.get(key);
    expect([key, row["previous_numerator"], row["previous_denominator"]]).toEqual([
      key,
      one?.["numerator"] ?? 0,
      one?.["denominator"] ?? null,
    ]);
  }
  const speakers = known.filter((row) => row["kpi"] === "speakers" && row["group_id"] === "*");
  expect(Number(speakers[0]?.["previous_numerator"])).toBeGreaterThan(10);
});

test("it is never judged, whatever the difference, and a KPI whose part is not known stands alone", async () => {
  for (const row of now) {
    expect(row["verdict"]).toBe("insufficient");
    if (row["delta"] !== null) expect([row["kpi"], row["reason"]]).toEqual([row["kpi"], "incomplete"]);
  }
  expect(now.find((row) => row["kpi"] === "talk_gini" && row["group_id"] === "*")?.["delta"]).toBeNull();
  const reader = new GenerationReader(community.workspace.marts);
  const explained = await reader.read((database) =>
    explainKpi(database, readCatalog(SQL_ROOT), "activity_rate", { week: "2026-11-16" }),
  );
  reader.close();
  expect(explained?.decomposition).toBeNull();
  expect(explained?.kpi.against).toMatchObject({ fourWeeks: null, lastYear: null, target: null });
});

test("segments of a week that is not over look back from the day that has come, not from the week's end", async () => {
  const lives = {
    // On Tuesday the 10th: five days ago, 27 days ago, six days in the group.
    active: { joined_at: "2026-01-01T09:00:00", said: "2026-11-05T10:00:00" },
    quiet: { joined_at: "2026-01-01T09:00:00", said: "2026-10-14T10:00:00" },
    new: { joined_at: "2026-11-04T10:00:00", said: null },
    dormant: { joined_at: "2026-01-01T09:00:00", said: "2026-10-11T10:00:00" },
  };
  const people = Object.entries(lives).flatMap(([segment, life]) =>
    [1, 2].map((groups) => ({ ...life, segment, groups, member_id: `${segment} ${groups}` })),
  );
  const own = new Community();
  try {
    const members = people.flatMap(({ member_id, joined_at, groups }) =>
      ["g1", "g2"].slice(0, groups).map((group_id) => ({ group_id, member_id, name: member_id, joined_at })),
    );
    await own.import("members.csv", csv(members));
    const said = people.flatMap(({ member_id, said: sent_at }) =>
      sent_at === null ? [] : [{ group_id: "g1", sender_id: member_id, sent_at, text: "今天吃什么" }],
    );
    await own.import("messages.csv", csv(said));
    const rows = await own.query(
      "select display_name, segment from marts.person_weeks inner join marts.people using (person_id) where week = '2026-11-09'",
      "2026-11-10T12:00:00+08:00",
    );
    expect(Object.fromEntries(rows.map(Object.values))).toEqual(
      Object.fromEntries(people.map(({ member_id, segment }) => [member_id, segment])),
    );
  } finally {
    own.remove();
  }
});
