import { createHash } from "node:crypto";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build } from "../../src/warehouse/build.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import type { Model } from "../../src/warehouse/model.ts";
import { generationPath, publish } from "../../src/warehouse/publish.ts";
import { createVerdicts } from "../../src/warehouse/settled.ts";
import { Community, csv, NOW, SQL_ROOT } from "../support/community.ts";

/** What of the judgements differs between two generations; the last digits may. */
async function differences(one: string, other: string): Promise<unknown[]> {
  const database = await Database.open(":memory:");
  await database.run(`attach '${one}' as one (read_only)`);
  await database.run(`attach '${other}' as other (read_only)`);
  const found: unknown[] = [];
  for (const table of ["comparisons", "verdicts"]) {
    const columns = await database.all(
      `select column_name as name, data_type = 'DOUBLE' as is_double from duckdb_columns()
       where database_name = 'one' and schema_name = 'report' and table_name = $table`,
      { table },
    );
    const list = columns
      .map(({ name, is_double }) => (is_double ? `round(${name}, 9) + 0 as ${name}` : String(name)))
      .join(", ");
    const rows = (database: string) => `select ${list} from ${database}.report.${table}`;
    const either = `((${rows("one")} except all ${rows("other")}) union all (${rows("other")} except all ${rows("one")}))`;
    found.push(...(await database.all(`select '${table}' as which, * from ${either} limit 3`)));
  }
  database.close();
  return found;
}

/** The first week (0 = the first of all) that is not settled, and how many judgements wait for that. */
async function unsettled(path: string): Promise<number[]> {
  const database = await Database.open(path, { readOnly: true });
  const row = await database.one(
    "select (min(week) - date '2026-03-02') // 7 as first, count(*) as rows from report.verdicts where reason = 'unsettled'",
  );
  database.close();
  return [Number(row["first"]), Number(row["rows"])];
}

const KPIS = ["rate", "sales"].map((id) => ({
  layer: "kpis",
  id,
  header: { unit: id === "rate" ? "ratio" : "count", good: "up", minDenominator: 30 },
})) as unknown as Model<"kpis">[];
const WEEKS = 30;
const WEEK = "(date '2026-03-02' + 7 * w::integer)::date";

describe("figures made up", () => {
  let marts: string;
  let count = 0;
  beforeAll(() => {
    marts = mkdtempSync(join(tmpdir(), "fupan-settled-"));
  });
  afterAll(() => rmSync(marts, { recursive: true, force: true }));

  /** Judges figures of 6 groups and publishes them. @param change a statement on the figures, a new seed or both. */
  async function judged(
    isFull: boolean,
    changes: readonly string[] = [],
    kpis: readonly Model<"kpis">[] = KPIS,
  ) {
    const id = `t${count++}`;
    const draft = join(marts, `draft-${id}`);
    const database = await Database.open(":memory:");
    await database.run(`attach '${draft}' as generation`);
    await database.run(
      "create schema generation.report; create schema generation.marts; set search_path = 'memory.main,generation.report,generation.marts'",
    );
    const statements = [
      `create table marts.groups as select 'g' || g as group_id, if(g < 3, 'fan', 'retail') as kind from range(6) as t(g)`,
      "create table marts.week_marks as select date '2026-06-15' as week",
      `create table report.weeks as select ${WEEK} as week, w < ${WEEKS - 1} as is_complete from range(${WEEKS}) as t(w)`,
      "create table marts.partial_weeks (kpi varchar, group_id varchar, week date, numerator double, denominator double)",
      "create table report.unjudged_kpis (kpi varchar, group_id varchar, source varchar)",
      "create table report.gap_weeks (kpi varchar, group_id varchar, week date)",
      `create table report.kpis (kpi varchar, unit varchar, good varchar, min_denominator integer, variant_of varchar, settle_days integer)`,
      `insert into report.kpis values ('rate', 'ratio', 'up', 30, null, null), ('sales', 'count', 'up', 30, null, 21)`,
      "create table report.about as select timestamp '2027-01-01' as as_of",
      `create table report.kpi_weekly as select kpi, 'g' || g as group_id, ${WEEK} as week, '*' as segment,
         (20 + hash(kpi, g, w) % 30)::double as numerator, if(kpi = 'rate', 100.0, null) as denominator, numerator / coalesce(denominator, 1) as value
       from (values ('rate'), ('sales')) as k(kpi), range(6) as groups(g), range(${WEEKS}) as weeks(w)`,
      `create table report.sample_errors as select kpi, group_id, week, 0.02 + hash(group_id, week) % 100 / 5000 as se, 40.0 as changed
       from report.kpi_weekly where kpi = 'rate'`,
      ...changes,
    ];
    for (const statement of statements) await database.run(statement);
    const since = await createVerdicts(database, marts, { models: "of today", kpis }, isFull);
    await database.run("detach generation");
    database.close();
    const bytes = readFileSync(draft);
    publish(marts, draft, {
      generation: id,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      bytes: bytes.length,
      asOf: "2026-11-24T00:00:00",
      parts: 0,
    });
    return { since, path: generationPath(marts, id) };
  }

  const at = (week: number) =>
    new Date(Date.parse("2026-03-02") + 7 * 86_400_000 * week).toISOString().slice(0, 10);
  const where = (week: number) => `where week = date '${at(week)}'`;

  test.each([
    [
      "a figure",
      17,
      "update report.kpi_weekly set numerator = numerator + 1, value = (numerator + 1) / coalesce(denominator, 1) WHERE and group_id = 'g1' and kpi = 'rate'",
    ],
    [
      "the least figure",
      12,
      "update report.kpi_weekly set numerator = numerator + 0.01 WHERE and group_id = 'g1' and kpi = 'sales'",
    ],
    ["a denominator", 9, "update report.kpi_weekly set denominator = 90 WHERE and kpi = 'rate'"],
    ["a sampling error", 21, "update report.sample_errors set se = se * 1.5 WHERE and group_id = 'g2'"],
    ["how many changed", 8, "update report.sample_errors set changed = 3 WHERE and group_id = 'g2'"],
    ["a sampling error that is gone", 14, "delete from report.sample_errors WHERE and group_id = 'g4'"],
    ["a figure that is gone", 11, "delete from report.kpi_weekly WHERE and group_id = 'g5'"],
    [
      "that a group has sampling errors at all",
      0,
      "delete from report.sample_errors where group_id = 'g2' and date '2026-03-02' = date '2026-03-02'",
    ],
    ["a festival", 19, "insert into marts.week_marks select distinct week from report.weeks WHERE"],
    ["a festival that is gone", 15, "delete from marts.week_marks WHERE"],
    ["a week that is complete now", WEEKS - 1, "update report.weeks set is_complete = true WHERE"],
    [
      "a list of members that came",
      0,
      "insert into report.unjudged_kpis select 'rate', 'g3', 'roster' from report.weeks WHERE",
    ],
    ["a gap of a log", 13, "insert into report.gap_weeks select 'rate', 'g3', week from report.weeks WHERE"],
    [
      "another kind of group",
      0,
      "update marts.groups set kind = 'camp' where group_id = 'g0' and date '2026-03-02' = date '2026-03-02'",
    ],
  ])(
    "%s changes in week %i: that and later ones are judged anew, as by a full build",
    async (_what, week, change) => {
      await judged(true);
      const changes = [change.replace("WHERE", where(week))];
      const { since, path } = await judged(false, changes);
      expect(since).toBe(at(week));
      expect(await differences(path, (await judged(true, changes)).path)).toEqual([]);
    },
  );

  test.each([
    ["later", -6, -4, WEEKS - 9],
    ["earlier", -4, -6, WEEKS - 9],
    ["no other week's", -4, -4, WEEKS - 1],
  ])("as of %s: what is settled by then, or no more, is judged anew", async (_what, before, after, week) => {
    // Three weeks after its end a week of sales is settled.
    const asOf = (weeks: number) => [
      `update report.about set as_of = timestamp '${at(WEEKS + weeks)} 12:00:00'`,
    ];
    await judged(true, asOf(before));
    const { since, path } = await judged(false, asOf(after));
    expect(since).toBe(at(week));
    expect(await unsettled(path)).toEqual([WEEKS - 3 + after, 6 * (2 - after)]);
    expect(await differences(path, (await judged(true, asOf(after))).path)).toEqual([]);
  });

  test("a week that is not over is judged anew, beside its part of the week before", async () => {
    await judged(true);
    const part = [
      `insert into marts.partial_weeks select kpi, group_id, week, 9, denominator from report.kpi_weekly ${where(WEEKS - 1)}`,
    ];
    const { since, path } = await judged(false, part);
    expect(since).toBe(at(WEEKS - 1));
    expect(await differences(path, (await judged(true, part)).path)).toEqual([]);
  });

  test("a week more, and none", async () => {
    const last = [`delete from report.kpi_weekly ${where(WEEKS - 1)}`];
    await judged(true, last);
    expect((await judged(false)).since).toBe(at(WEEKS - 1));
    const over = ["update report.weeks set is_complete = true"];
    await judged(true, over);
    const { since, path } = await judged(false, over);
    expect(since).toBe(at(WEEKS));
    expect(await differences(path, (await judged(true, over)).path)).toEqual([]);
  });

  test("the last digit of a sum is no change", async () => {
    const over = "update report.weeks set is_complete = true";
    await judged(true, [over]);
    const { since } = await judged(false, [
      over,
      "update report.kpi_weekly set numerator = numerator * (1 + 1e-15)",
    ]);
    expect(since).toBe(at(WEEKS));
  });

  test("nothing is taken over that was judged otherwise, or is damaged", async () => {
    await judged(true);
    const stricter = KPIS.map((kpi) => ({ ...kpi, header: { ...kpi.header, minDenominator: 1 } }));
    expect((await judged(false, [], stricter)).since).toBeNull();
    const { path } = await judged(false);
    expect(statSync(path).size).toBeGreaterThan(0);
    appendFileSync(path, "damage");
    expect((await judged(false)).since).toBeNull();
  });
});

test("a week imported after the build: the judgements are those of a full one, and earlier ones were taken over", async () => {
  const community = new Community();
  const time = (at: number) => new Date(Date.parse("2026-10-05") + at * 60_000).toISOString().slice(0, 19);
  const minutes = 7 * 24 * 60;
  const said = Array.from({ length: 400 }, (_, at) => ({
    group_id: `g${at % 3}`,
    sender_id: `m${(at * at) % 23}`,
    sent_at: time((at * 7 * minutes) / 400),
    text: "今天很好吃",
  }));
  try {
    await community.import("one.csv", csv(said.slice(0, 343)));
    const catalog = readCatalog(SQL_ROOT);
    const built = (full: boolean) => build(community.workspace, community.state, catalog, { now: NOW, full });
    expect((await built(false)).judgedSince).toBeNull();
    await community.import("two.csv", csv(said.slice(343)));
    const { generation, judgedSince } = await built(false);
    expect(judgedSince).toBe(time(5 * minutes).slice(0, 10));
    const full = await built(true);
    const { marts } = community.workspace;
    const paths = [generation, full.generation].map((id) => generationPath(marts, id)) as [string, string];
    expect(await differences(...paths)).toEqual([]);
  } finally {
    community.remove();
  }
});
