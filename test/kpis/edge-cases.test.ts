import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

describe("edge cases of the KPIs", () => {
  let community: Community;
  let known: Set<string>;
  beforeAll(async () => {
    community = new Community();
    for (const name of ["members.csv", "messages.csv", "orders.csv"])
      await community.importPath(`${FOLDER}${name}`);
    known = new Set((await community.query("select kpi from report.kpis")).map((row) => String(row["kpi"])));
  });
  afterAll(() => community.remove());

  it.each(Object.entries(cases))("%s", async (key, { kpis, state }) => {
    const [group = "", label = "", asOf = ""] = key.split("|");
    const week = WEEKS[label] ?? "";
    const rows = await community.query(
      `select kpi, numerator, denominator from report.kpi_weekly where group_id = '${group}' and week = '${week}' and segment = '*'`,
      asOf,
    );
    const found = Object.fromEntries(rows.map((row) => [row["kpi"], [row["numerator"], row["denominator"]]]));
    const wanted = Object.entries(kpis).filter(([kpi]) => known.has(kpi));
    for (const [kpi, figure] of wanted) {
      // A group without a single buyer or newcomer has no row, which reads as nothing of nothing.
      const nothing = figure[1] === null ? [0, null] : [0, 0];
      expect([kpi, found[kpi] ?? nothing]).toEqual([kpi, figure]);
    }
    expect(wanted.length).toBeGreaterThan(6);

    const [counts] = await community.query(
      group === "*"
        ? `select count(*) as present from marts.person_weeks where week = '${week}'`
        : `select members_start, members_end, members_present as present, joins, joins_implied, leaves, unmatched_orders from marts.group_weeks where group_id = '${group}' and week = '${week}'`,
      asOf,
    );
    expect(counts).toMatchObject(state);
  });
});
