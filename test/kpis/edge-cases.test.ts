import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community } from "../support/community.ts";

/*
 * A community of edge cases: joins and leaves exactly on a week's boundary, a rejoin, an unknown join date, staff and
 * bot, a speaker on no list, system and recalled messages, split, cancelled, partly and fully refunded orders, a silent
 * buyer, a buyer nobody knows. The expected figures were computed by plain loops, not by these models.
 */
const FOLDER = new URL("../../fixtures/kpi-edges/", import.meta.url).pathname;
type Case = { kpis: Record<string, [number, number | null]>; state: Record<string, number> };
const cases = JSON.parse(readFileSync(`${FOLDER}expected.json`, "utf8")) as Record<string, Case>;

const WEEKS: Record<string, string> = { "2026-W23": "2026-06-01", "2026-W24": "2026-06-08" };
const TIMES = [...new Set(Object.keys(cases).map((key) => key.split("|")[2] ?? ""))];

const FIGURES = "select * from report.kpi_weekly where segment = '*'";
const COUNTS = `select group_id, week, members_start, members_end, members_present as present, joins, joins_implied, leaves, unmatched_orders
  from marts.group_weeks
  union all by name select '*' as group_id, week, count(*) as present from marts.person_weeks group by week`;

describe("edge cases of the KPIs", () => {
  const community = new Community();
  const figures = new Map<string, Row[]>();
  const counts = new Map<string, Row[]>();
  beforeAll(async () => {
    for (const name of ["members.csv", "messages.csv", "orders.csv"])
      await community.importPath(`${FOLDER}${name}`);
    for (const asOf of TIMES) {
      const [first = [], second = []] = await community.queries([FIGURES, COUNTS], asOf);
      figures.set(asOf, first);
      counts.set(asOf, second);
    }
  });
  afterAll(() => community.remove());

  it.each(Object.entries(cases))("%s", (key, { kpis, state }) => {
    const [group = "", label = "", asOf = ""] = key.split("|");
    const here = (row: Row) => row["group_id"] === group && row["week"] === WEEKS[label];
    const known = new Set(figures.get(asOf)?.map((row) => row["kpi"]));
    const rows = figures.get(asOf)?.filter(here) ?? [];
    const found = Object.fromEntries(rows.map((row) => [row["kpi"], [row["numerator"], row["denominator"]]]));
    const wanted = Object.entries(kpis).filter(([kpi]) => known.has(kpi));
    for (const [kpi, figure] of wanted) {
      // A group without a single buyer or newcomer has no row, which reads as nothing of nothing.
      const nothing = figure[1] === null ? [0, null] : [0, 0];
      expect([kpi, found[kpi] ?? nothing]).toEqual([kpi, figure]);
    }
    expect(wanted.length).toBeGreaterThan(6);
    expect(counts.get(asOf)?.find(here)).toMatchObject(state);
  });
});
