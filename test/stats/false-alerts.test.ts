import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { benjaminiHochberg } from "../../src/stats/multiple.ts";
import { Database, literal } from "../../src/warehouse/database.ts";
import { verdicts } from "../../src/warehouse/verdicts.ts";

/*
 * C-05 of the handbook: communities of 20 groups of 100 people in which nothing happens but weekly moods (SD in logits).
 * In how many weeks does a community call one of its groups clearly different?
 */
const COMMUNITIES = 400;
const GROUPS = 20;
const PEOPLE = 100;
const WEEKS = 11;

/** Uniform in (0, 1): Mulberry32. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
}

/** One group: change, sampling error (statistics.md 2.2) and people who changed, of each week but the first. */
function group(draw: () => number, sd: number): [delta: number, se: number, changed: number][] {
  const normal = () => Math.sqrt(-2 * Math.log(draw())) * Math.cos(2 * Math.PI * draw());
  const habits = Array.from({ length: PEOPLE }, normal);
  const weeks = Array.from({ length: WEEKS }, () => {
    const mood = sd * normal();
    return habits.map((habit) => (draw() < 1 / (1 + Math.exp(0.6 - habit - mood)) ? 1 : 0));
  });
  const rate = (week: readonly number[]) => week.reduce<number>((sum, one) => sum + one, 0) / PEOPLE;
  return weeks.slice(1).map((now, at) => {
    const before = weeks[at] ?? [];
    const [r1, r0] = [rate(now), rate(before)];
    const squares = now.reduce<number>((sum, one, i) => sum + (one - r1 - (before[i] ?? 0) + r0) ** 2, 0);
    const changed = now.filter((one, i) => one !== before[i]).length;
    return [r1 - r0, Math.sqrt((PEOPLE / (PEOPLE - 1)) * squares) / PEOPLE, changed];
  });
}

async function falseAlerts(sd: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "fupan-test-"));
  const draw = uniform(20261126);
  const rows = Array.from({ length: COMMUNITIES * GROUPS }, (_, g) =>
    group(draw, sd).map((one, at) => [g, at + 1, ...one].join(",")),
  ).flat();
  writeFileSync(join(folder, "changes.csv"), `g,nth,delta,se,changed\n${rows.join("\n")}\n`);
  const database = await Database.open(":memory:", { threads: 1 });
  await database.run(`create schema report; create schema marts; create table marts.week_marks (week date);
    create table report.unjudged_kpis (kpi varchar, group_id varchar, source varchar);
    create table report.gap_weeks (kpi varchar, group_id varchar, week date);
    create table marts.groups as select 'g' || g as group_id, 'c' || (g // ${GROUPS}) as kind from range(${COMMUNITIES * GROUPS}) as t(g);
    create table report.kpis as select 'rate' as kpi, 'ratio' as unit, 'up' as good, 30 as min_denominator, null::varchar as variant_of, null::integer as settle_days;
    create table report.about as select timestamp '2027-01-01' as as_of;
    create table report.comparisons as select 'rate' as kpi, 'g' || g as group_id, (date '2026-03-02' + 7 * nth::integer)::date as week,
      null::double as numerator, null::double as previous_numerator, ${PEOPLE} as denominator, ${PEOPLE} as previous_denominator, delta, se, changed, true as is_complete
      from read_csv(${literal(join(folder, "changes.csv"))})`);
  const judged = await database.all(
    `select kind, p from (${verdicts()}) inner join marts.groups using (group_id)
     where week = date '2026-03-02' + 7 * ${WEEKS - 1} and p is not null`,
  );
  database.close();
  rmSync(folder, { recursive: true });
  const communities = new Map<unknown, number[]>();
  for (const { kind, p } of judged) communities.set(kind, [...(communities.get(kind) ?? []), Number(p)]);
  expect(communities.size).toBe(COMMUNITIES);
  const alerts = [...communities.values()].filter((ps) =>
    benjaminiHochberg(ps).some((q) => (q ?? 1) <= 0.05),
  );
  return alerts.length / COMMUNITIES;
}

test("weeks without news raise a false alert in 5 % of communities, two more for the luck of the draw", async () => {
  const shares = [];
  for (const sd of [0, 0.2, 0.4]) shares.push(await falseAlerts(sd));
  expect(shares.reduce((sum, one) => sum + one, 0) / shares.length).toBeLessThanOrEqual(0.07);
  for (const share of shares) expect(share).toBeLessThanOrEqual(0.08);
});
