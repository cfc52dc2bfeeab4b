import { afterAll, beforeAll, expect, test } from "vitest";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import type { Database } from "../../src/warehouse/database.ts";
import { SQL_ROOT } from "../support/community.ts";
import { type Demo, makeDemo } from "../support/demo.ts";

let demo: Demo;
let database: Database;
beforeAll(async () => {
  demo = await makeDemo();
  database = await demo.published();
});
afterAll(async () => {
  database.close();
  await demo.remove();
});

const kpis = readCatalog(SQL_ROOT).kpis.filter(({ header }) => header.people);

test("there are KPIs with a person-level form", () => expect(kpis.length).toBeGreaterThan(8));

// The sampling error is of the number on the page only if the people behind it add up to that number.
test.each(kpis.map(({ id, header }) => [id, header.people] as const))(
  "%s: what people add is the number",
  async (id, people) => {
    const rows = await database.all(
      `with people as (
         select group_id, week, sum((${people?.numerator})::double) as n, sum((${people?.denominator ?? "1"})::double) as d
         from ${people?.from} group by group_id, week
       )
       select count(*) as rows, count(*) filter (abs(coalesce(people.n, 0) - kpi.numerator) > 1e-6) as wrong_n,
         count(*) filter (${people?.denominator ? "coalesce(people.d, 0) <> kpi.denominator" : "false"}) as wrong_d
       from report.kpi_weekly as kpi left join people using (group_id, week)
       where kpi.kpi = '${id}' and kpi.segment = '*'`,
    );
    expect(rows[0]).toMatchObject({ wrong_n: 0, wrong_d: 0 });
    expect(Number(rows[0]?.["rows"])).toBeGreaterThan(100);
  },
);

test("'*' counts each person once, not once per group", async () => {
  const [row] = await database.all(
    `select (select sum(numerator) from report.kpi_weekly where kpi = 'members_end' and segment = '*' and group_id <> '*' and week = last) as groups,
       (select numerator from report.kpi_weekly where kpi = 'members_end' and segment = '*' and group_id = '*' and week = last) as everyone,
       (select count(distinct person_id) from marts.participation where week = last and is_member_end) as persons
     from (select max(week) as last from report.weeks)`,
  );
  expect(row?.["everyone"]).toBe(row?.["persons"]);
  expect(Number(row?.["groups"])).toBeGreaterThan(Number(row?.["everyone"]));
});
