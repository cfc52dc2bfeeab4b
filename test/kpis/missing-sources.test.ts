import { afterAll, beforeAll, expect, test } from "vitest";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

/** Two groups on one member list; only g1 has a chat log, nobody is known to have left, bought or invited. */
const community = new Community();
beforeAll(async () => {
  const ids = Array.from({ length: 8 }, (_, at) => `m${at}`);
  await community.import(
    "members.csv",
    csv(
      ["g1", "g2"].flatMap((group_id) =>
        ids.map((member_id) => ({
          group_id,
          member_id: `${group_id}${member_id}`,
          joined_at: "2026-10-01T00:00:00",
        })),
      ),
    ),
  );
  await community.import(
    "messages.csv",
    csv(
      ["06", "13"].flatMap((day) =>
        ids.slice(0, 5).map((id) => ({
          group_id: "g1",
          sender_id: `g1${id}`,
          sent_at: `2026-10-${day}T10:00:00`,
          text: "到家了",
        })),
      ),
    ),
  );
});
afterAll(() => community.remove());

test("what nobody imported has no value, and nothing else has none", async () => {
  const [weekly = [], missing = [], judged = [], sources = []] = await community.queries(
    [
      "select * from report.kpi_weekly where week = date '2026-10-12' and segment = '*'",
      "select * from report.missing_kpis",
      "select * from report.verdicts where week = date '2026-10-12'",
      "select source, group_id from marts.sources where not is_known order by all",
    ],
    "2026-10-19T00:00:00",
  );
  expect(sources.map((row) => `${row["source"]} ${row["group_id"]}`)).toEqual([
    ...["*", "g1", "g2"].map((group) => `inviters ${group}`),
    ...["*", "g1", "g2"].map((group) => `leavers ${group}`),
    "messages g2",
    ...["*", "g1", "g2"].map((group) => `orders ${group}`),
  ]);
  const known = new Set(missing.map((row) => `${row["kpi"]} ${row["group_id"]}`));
  for (const row of weekly) {
    const isMissing = known.has(`${row["kpi"]} ${row["group_id"]}`);
    const figures = [row["kpi"], row["group_id"], row["numerator"] === null, row["value"] === null];
    if (isMissing) expect(figures).toEqual([row["kpi"], row["group_id"], true, true]);
    else expect([row["kpi"], row["numerator"]]).not.toEqual([row["kpi"], null]);
  }
  const of = (kpi: string, group: string) =>
    weekly.find((row) => row["kpi"] === kpi && row["group_id"] === group);
  expect([of("activity_rate", "g1"), of("activity_rate", "g2")]).toMatchObject([
    { numerator: 5, denominator: 8 },
    { numerator: null, denominator: null, value: null },
  ]);
  for (const kpi of [
    "conversion_rate",
    "gmv_net",
    "orders",
    "churn_rate",
    "leaves",
    "net_growth",
    "invites",
    "k_factor",
  ])
    expect([kpi, of(kpi, "*")?.["value"] ?? null]).toEqual([kpi, null]);
  expect(of("members_end", "g2")).toMatchObject({ numerator: 8 });
  const unjudged = judged.filter((row) => known.has(`${row["kpi"]} ${row["group_id"]}`));
  expect(unjudged.length).toBeGreaterThan(20);
  expect(new Set(unjudged.map((row) => `${row["verdict"]} ${row["reason"]} ${row["delta"]}`))).toEqual(
    new Set(["insufficient no_data null"]),
  );
});

test("a KPI needs only what marts.sources tells of, and whoever reads such a mart says so", async () => {
  const { kpis } = readCatalog(SQL_ROOT);
  const [sources = []] = await community.queries(
    ["select distinct source from marts.sources"],
    "2026-10-19T00:00:00",
  );
  const named = new Set(sources.map((row) => row["source"]));
  expect(
    kpis.filter(({ header }) => header.needs.some((source) => !named.has(source))).map(({ id }) => id),
  ).toEqual([]);
  const marts: readonly (readonly [RegExp, string])[] = [
    [/marts\.(?:order|buyer|repurchase|reported)_weeks/, "orders"],
    [/marts\.(?:talk|post)_weeks|\bspeakers\b|\bspoke_\d/, "messages"],
    [/\bleaves\b|\bchurned\b|\bleft_24h\b/, "leavers"],
    [/\binvites\b/, "inviters"],
  ];
  for (const { id, sql, header } of kpis) {
    const read = marts.filter(([pattern]) => pattern.test(sql)).map(([, source]) => source);
    if (read.length > 0) expect([id, read]).toEqual([id, expect.arrayContaining(header.needs.slice(0, 1))]);
  }
});
