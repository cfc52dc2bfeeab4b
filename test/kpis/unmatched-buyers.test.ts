import { afterAll, beforeAll, expect, it } from "vitest";
import { runQuery } from "../../src/review/query.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath, lastPointer } from "../../src/warehouse/publish.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

const FIGURES = `select kpi, numerator, denominator from report.kpi_weekly
  where kpi in ('conversion_rate', 'gmv_net', 'match_rate') and group_id = '*' and segment = '*' and week = date '2026-11-09' order by kpi`;
const order = (order_id: string, phone: string) => ({
  order_id,
  paid_at: "2026-11-10 12:00:00",
  phone,
  amount: 100,
});

/** One member whose phone is known. */
const community = new Community();
beforeAll(async () => {
  const members = [{ group_id: "g1", member_id: "m1", phone: "13900000001", joined_at: "2026-09-01" }];
  await community.import("members.csv", csv(members));
});
afterAll(() => community.remove());

/** What the page says of orders that match nobody. */
async function notice(): Promise<string> {
  const { marts } = community.workspace;
  const database = await Database.open(generationPath(marts, lastPointer(marts)?.generation ?? ""));
  const rows = await runQuery(database, readCatalog(SQL_ROOT), "quality", { week: "2026-11-09" });
  database.close();
  return rows
    .filter(({ code }) => code === "unmatched_orders")
    .map(({ zh }) => String(zh))
    .join();
}

const figures = async () =>
  (await community.query(FIGURES, "2026-11-24T00:00:00")).map((row) => Object.values(row));

it("where no order can be matched to anybody, what members bought is unknown, not 0", async () => {
  await community.import("orders.csv", csv([order("1", "13900000002"), order("2", "13900000003")]));
  expect(await figures()).toEqual([
    ["conversion_rate", null, null],
    ["gmv_net", null, null],
    ["match_rate", 0, 2],
  ]);
  const [why] = await community.query(
    "select source, href from report.missing_kpis inner join marts.sources using (source, group_id) where kpi = 'conversion_rate' and group_id = '*'",
    "2026-11-24T00:00:00",
  );
  expect(why).toEqual({ source: "buyers", href: "/people" });
  expect(await notice()).toMatch(/2 笔对不上群友（匹配率 0%），转化率算不出来。/);
});

it("one order of a member is enough to count from", async () => {
  await community.import("more.csv", csv([order("3", "13900000001")]));
  expect(await figures()).toEqual([
    ["conversion_rate", 1, 1],
    ["gmv_net", 100, null],
    ["match_rate", 1, 3],
  ]);
  expect(await notice()).toMatch(/2 笔对不上群友（匹配率 33%），转化率是下限。/);
});
