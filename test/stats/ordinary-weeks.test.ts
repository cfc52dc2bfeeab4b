import { afterAll, beforeAll, expect, test } from "vitest";
import { comparisons, kpiUnion, sampleErrors } from "../../src/warehouse/comparisons.ts";
import { Database } from "../../src/warehouse/database.ts";
import type { Model } from "../../src/warehouse/model.ts";
import { verdicts } from "../../src/warehouse/verdicts.ts";

const COMMUNITIES = 200;
const GROUPS = 5;
const PEOPLE = 60;
const WEEKS = 11;

const kpi = {
  layer: "kpis",
  id: "rate",
  header: { unit: "ratio", people: { from: "marts.sim", numerator: "spoke", denominator: "true" } },
} as unknown as Model<"kpis">;

let database: Database;
beforeAll(async () => {
  database = await Database.open(":memory:", { threads: 1 });
  for (const schema of ["report", "marts", "kpis"]) await database.run(`create schema ${schema}`);
  await database.run("create table marts.week_marks (week date)");
  await database.run("create table report.unjudged_kpis (kpi varchar, group_id varchar, source varchar)");
  await database.run("create table report.gap_weeks (kpi varchar, group_id varchar, week date)");
  await database.run(
    "create table marts.partial_weeks (kpi varchar, group_id varchar, week date, numerator double, denominator double)",
  );
  await database.run(
    `create table report.kpis as select unnest(['rate', 'number']) as kpi, unnest(['ratio', 'number']) as unit, 'up' as good,
       unnest([30, 0]) as min_denominator, null::varchar as variant_of, null::integer as settle_days`,
  );
  await database.run("create table report.about as select timestamp '2027-01-01' as as_of");
  await database.run(
    `create table report.weeks as select (date '2026-03-02' + 7 * i::integer)::date as week, true as is_complete from range(${WEEKS}) as t(i)`,
  );
  await database.run(
    `create table marts.groups as select 'g' || i as group_id, 'c' || (i // ${GROUPS}) as kind from range(${COMMUNITIES * GROUPS}) as t(i)`,
  );
});
afterAll(() => database.close());

// As text: hashes of several small numbers are alike for neighbours (weeks 6 and 7), which would calm every week.
const draw = (seed: number, keys: string) =>
  `((hash(concat_ws(' ', ${seed}, ${keys})) >> 11) / 9007199254740992.0 + 1e-12)`;
const normal = (seed: number, keys: string) =>
  `(sqrt(-2 * ln(${draw(seed, keys)})) * cos(2 * pi() * ${draw(seed + 1, keys)}))`;

// Nothing happens in these communities but weekly moods: people keep their habits, groups have better and worse weeks.
test.each([0, 0.2, 0.4])("with weekly moods of SD %d few weeks are called different", async (sd) => {
  await database.run(
    `create or replace table marts.sim as
     select 'g' || g as group_id, g * 1000 + p as person_id, (date '2026-03-02' + 7 * w::integer)::date as week,
       ${draw(5, "g, p, w")} < 1 / (1 + exp(0.6 - ${normal(1, "g, p")} - ${sd} * ${normal(3, "g, w")})) as spoke
     from range(${COMMUNITIES * GROUPS}) as groups(g), range(${PEOPLE}) as people(p), range(${WEEKS}) as weeks(w)`,
  );
  await database.run(
    "create or replace view kpis.rate as select group_id, week, '*' as segment, count(*) filter (spoke) as numerator, count(*) as denominator from marts.sim group by all",
  );
  await database.run(`create or replace table report.kpi_weekly as ${kpiUnion([kpi])}`);
  await database.run(`create or replace table report.sample_errors as ${sampleErrors([kpi])}`);
  await database.run(`create or replace table report.comparisons as ${comparisons([kpi])}`);
  const { judged, called, clear, naive } = await database.one(
    `select count(p) as judged, count(*) filter (p <= 0.05) as called, count(*) filter (strength = 'clear') as clear,
       count(*) filter (p is not null and abs(delta / se) > 1.96) as naive
     from (${verdicts()}) where week = (select max(week) from report.weeks)`,
  );
  expect(Number(judged)).toBeGreaterThan(0.95 * COMMUNITIES * GROUPS);
  expect(Number(called) / Number(judged)).toBeLessThanOrEqual(0.07);
  expect(Number(called) / Number(judged)).toBeGreaterThan(0.01);
  // Without the groups' own history, moods of 0.4 are taken for news in more than a fifth of the weeks.
  if (sd === 0.4) expect(Number(naive) / Number(judged)).toBeGreaterThan(0.2);
  expect(Number(clear)).toBeLessThanOrEqual(0.01 * COMMUNITIES * GROUPS);
});

// A number without a sampling error of its own (a Gini, a median) that swings around its level, a group's as its own past does.
test.each([8, 11])("numbers judged by their past alone: %d weeks", async (weeks) => {
  await database.run(
    `create or replace table report.comparisons as
     with weekly as (
       select 'number' as kpi, 'g' || g as group_id, (date '2026-03-02' + 7 * w::integer)::date as week, (1 + g % 3) * ${normal(7, "g, w")} as value
       from range(${COMMUNITIES * GROUPS}) as groups(g), range(${weeks}) as weeks(w)
     )
     select kpi, group_id, week, null::double as numerator, null::double as previous_numerator, null::double as denominator, null::double as previous_denominator,
       value - lag(value) over (partition by group_id order by week) as delta, null::double as se, null::double as changed, true as is_complete
     from weekly`,
  );
  const judged = await database.all(
    `select p, strength from (${verdicts()}) where week = date '2026-03-02' + 7 * ${weeks - 1}`,
  );
  expect(judged).toHaveLength(COMMUNITIES * GROUPS);
  const called = judged.filter(({ p }) => Number(p) <= 0.05).length / judged.length;
  expect(called).toBeLessThanOrEqual(0.07);
  expect(called).toBeGreaterThan(0.02);
  expect(judged.filter(({ strength }) => strength === "clear").length).toBeLessThanOrEqual(3);
});
