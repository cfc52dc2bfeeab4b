import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { benjaminiHochberg } from "../../src/stats/multiple.ts";
import { twoSidedP } from "../../src/stats/normal.ts";
import type { Database } from "../../src/warehouse/database.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { type Change, Judged } from "./judged.ts";

const close = (got: unknown, wanted: number, digits = 10) =>
  expect(got === null || got === undefined ? Number.NaN : Number(got)).toBeCloseTo(wanted, digits);

let judged: Judged;
let database: Database;
beforeAll(async () => {
  judged = await Judged.open();
  database = judged.database;
});
afterAll(() => database.close());
beforeEach(() => judged.empty());

const known = (days: number) => judged.known(days);
const judge = (changes: readonly Partial<Change>[], kpi?: string) => judged.judge(changes, kpi);
const last = async (change: Partial<Change>, past: readonly Partial<Change>[], kpi?: string) =>
  (await judge([...past.map((one, at) => ({ week: at + 1, ...one })), change], kpi))[0];

const past = [0.03, -0.05, 0.02, 0.06, -0.04].map((delta, at) => ({ delta, se: at === 2 ? 0.035 : 0.03 }));
/** A sixth pair that leaves the mean excess as it is. */
const six = [...past, { delta: Math.sqrt(0.000835 + 0.000965), se: Math.sqrt(0.000965) }];
const calm = Array.from({ length: 8 }, () => ({ delta: 0, se: 0.03 }));

describe("verdict", () => {
  test("a restless past raises the bar", async () => {
    const judged = await last({}, six);
    close(Number(judged?.["tau"]) ** 2, 0.000835, 12);
    close(judged?.["p"], 0.0928527149);
    expect(judged).toMatchObject({ verdict: "better", strength: "possible", reason: null, pairs: 6 });
    close(judged?.["min_detectable"], 2.8 * Math.sqrt(0.000835 + 0.0009));
  });

  test("a calm one does not", async () => {
    const judged = await last({}, calm);
    close(judged?.["p"], 0.0196306573);
    expect(judged?.["strength"]).toBe("clear");
  });

  test.each([
    ["no_data", { delta: null, complete: false, denominator: 1 }, []],
    ["incomplete", { complete: false, denominator: 1 }, []],
    ["sample", { denominator: 29 }, []],
    ["sample", { changed: 9 }, calm],
    ["baseline", {}, calm.slice(0, 5)],
  ] as const)("%s comes before the reasons after it", async (reason, change, before) => {
    expect(await last(change, before)).toMatchObject({
      verdict: "insufficient",
      reason,
      strength: null,
      p: null,
      q: null,
    });
  });

  test("of a group without a list of its members nothing is judged that needs one", async () => {
    const insert = "insert into report.unjudged_kpis values";
    await database.run(`${insert} ('rate', 'other', 'roster'), ('loss', 'g', 'roster')`);
    expect((await last({}, calm))?.["strength"]).toBe("clear");
    await database.run(`${insert} ('rate', 'g', 'roster'); delete from report.comparisons`);
    expect(await last({}, calm)).toMatchObject({
      verdict: "insufficient",
      reason: "roster",
      p: null,
      q: null,
    });
  });

  test("a week that the log lacks is not judged, and teaches nothing about ordinary ones", async () => {
    const insert = "insert into report.gap_weeks select 'rate', 'g', date '2026-01-05' + 7 *";
    await database.run(`${insert} 9`);
    expect(await last({}, [...calm, { delta: -0.9 }])).toMatchObject({ tau: 0, pairs: 8, strength: "clear" });
    await database.run(`delete from report.comparisons; ${insert} 20`);
    expect(await last({}, calm)).toMatchObject({ verdict: "insufficient", reason: "gap", p: null, lo: null });
  });

  test("what still moves one way is not judged before it has settled", async () => {
    // Fourteen days after the seven of the week.
    await known(20);
    expect(await last({}, calm, "refunds")).toMatchObject({
      verdict: "insufficient",
      reason: "unsettled",
      p: null,
      lo: null,
      hi: null,
      min_detectable: null,
    });
    await database.run("delete from report.comparisons");
    await known(21);
    expect(await last({}, calm, "refunds")).toMatchObject({ verdict: "worse", reason: null, pairs: 8 });
    await database.run("delete from report.comparisons");
    await known(0);
    expect(await last({}, calm)).toMatchObject({ verdict: "better", reason: null });
  });

  test("a mean of a few orders is not judged, and has no interval: theirs held the truth in three weeks of four", async () => {
    const blind = { lo: null, hi: null, min_detectable: null };
    const few = { denominator: 19, delta: 167, se: 24 };
    expect(await last(few, calm, "mean")).toMatchObject({ reason: "sample", p: null, ...blind });
    await database.run("delete from report.comparisons");
    expect(await last({ ...few, denominator: 20 }, calm, "mean")).toMatchObject({ strength: "clear" });
    await database.run("delete from report.comparisons");
    // A rate keeps its interval, which holds also of few people; a count is of nobody.
    const rate = await last({ denominator: 29 }, calm);
    close(rate?.["hi"], 0.07 + 1.959963984540054 * 0.03);
    await database.run("delete from report.comparisons");
    expect(await last({ denominator: null }, calm, "count")).toMatchObject({ reason: null });
  });

  test.each([
    ["rate", 0.07, "better"],
    ["rate", -0.07, "worse"],
    ["loss", 0.07, "worse"],
    ["loss", -0.07, "better"],
    ["rate", 0.01, "noise"],
  ])("%s by %d is %s", async (kpi, delta, verdict) => {
    expect((await last({ delta }, calm, kpi))?.["verdict"]).toBe(verdict);
  });

  test("nothing that ever moves moved", async () => {
    expect(
      await last(
        { delta: 0, se: 0 },
        calm.map(() => ({ delta: 0, se: 0 })),
      ),
    ).toMatchObject({ verdict: "noise", strength: null });
  });

  test("many looks at once ask for more", async () => {
    const groups = Array.from({ length: 20 }, (_, at) => `g${at}`);
    const before = groups.flatMap((group) => calm.map((one, at) => ({ ...one, group, week: at + 1 })));
    const now = groups.map((group, at) => ({ group, delta: at === 0 ? 0.061 : 0.001 }));
    const rows = await judge([...before, ...now]);
    expect(rows[0]).toMatchObject({ group_id: "g0", strength: "possible" });
    const qs = benjaminiHochberg(rows.map((row) => Number(row["p"])));
    for (const [at, row] of rows.entries()) close(row["q"], qs[at] ?? Number.NaN);
  });

  test("another reading of a KPI is judged like it, and makes the look at the others no wider", async () => {
    const groups = Array.from({ length: 8 }, (_, at) => `g${at}`);
    const deltas = groups.map((_, at) => 0.05 + at / 1000);
    const series = async (kpi: string, now: readonly number[]) => {
      await judge(
        groups.flatMap((group) => calm.slice(0, 6).map((one, at) => ({ ...one, group, week: at + 1 }))),
        kpi,
      );
      return judge(
        groups.map((group, at) => ({ group, delta: now[at] ?? 0 })),
        kpi,
      );
    };
    const of = (rows: readonly Row[], kpi: string, column: string) =>
      groups.map(
        (group) => rows.find((row) => row["kpi"] === kpi && row["group_id"] === group)?.[column] ?? null,
      );
    const alone = of(await series("rate", deltas), "rate", "q");
    // Five readings without news would be five more looks, and one with great news would lend its rank.
    const both = await series("rate_reported", [...deltas.slice(0, 2), 0, 0, 0, 0, 0, 0.2]);
    expect(of(both, "rate", "q")).toEqual(alone);
    expect(of(both, "rate_reported", "q").slice(0, 2)).toEqual(alone.slice(0, 2));
    expect(of(both, "rate_reported", "strength").slice(6)).toEqual([null, "clear"]);
  });

  test("what is too little for a KPI is too little for another reading of the same people", async () => {
    const rose = { delta: 0.07, se: 0.02, changed: null };
    const reading = async (numerator: number, changed: number | null) => {
      await database.run("delete from report.comparisons");
      await last(
        { changed },
        calm.map((one) => ({ ...one, changed })),
      );
      const rows = await judge(
        [
          ...calm.map((one, at) => ({ ...one, ...{ changed: null, numerator, week: at + 1 } })),
          { ...rose, numerator },
        ],
        "rate_reported",
      );
      const { verdict, reason } = rows.find((row) => row["kpi"] === "rate_reported") ?? {};
      return [verdict, reason];
    };
    // Four a week: no more than eight people can have changed.
    expect(await reading(4, 8)).toEqual(["insufficient", "sample"]);
    expect(await reading(5, 40)).toEqual(["better", null]);
    // Of what is no number of people (a mean, independent questions) nothing is known of pairs.
    expect(await reading(4, null)).toEqual(["better", null]);
  });

  test("groups of one kind share what they know of their moods; other kinds and '*' do not", async () => {
    await database.run("insert into marts.groups values ('a', 'shop'), ('b', 'shop'), ('c', 'camp')");
    const series = (group: string, size: number) =>
      calm.map((_, at) => ({ group, week: at + 1, delta: at % 2 ? size : -size, se: 0.03 }));
    const rows = await judge([
      ...series("a", 0.05),
      ...series("b", 0.07),
      ...series("c", 0.2),
      ...series("*", 0.04),
      ...["a", "b", "c", "*"].map((group) => ({ group })),
    ]);
    const tau = (group: string) => Number(rows.find((row) => row["group_id"] === group)?.["tau"]) ** 2;
    close(tau("a"), (0.05 ** 2 + 0.07 ** 2) / 2 - 0.0009);
    close(tau("b"), tau("a"));
    close(tau("c"), 0.2 ** 2 - 0.0009);
    close(tau("*"), 0.04 ** 2 - 0.0009);
  });

  test("a number without a sampling error is judged by its own past alone, and never by a past without moves", async () => {
    const moves = [0.02, -0.03, 0.01, -0.02, 0.03, -0.01];
    const earlier = (group: string, deltas: readonly number[]) =>
      deltas.map((delta, at) => ({ group, delta, se: null, week: at + 1 }));
    const number = { se: null, changed: null };
    const rows = await judge(
      [
        ...["up", "usual"].flatMap((group) => earlier(group, moves)),
        ...earlier("new", moves.slice(1)),
        ...earlier(
          "still",
          moves.map(() => 0),
        ),
        { ...number, group: "up", delta: 0.2 },
        ...["usual", "new", "still"].map((group) => ({ ...number, group, delta: 0.03 })),
      ],
      "loss",
    );
    const of = (group: string) => rows.find((row) => row["group_id"] === group);
    expect(of("up")).toMatchObject({ verdict: "worse", strength: "clear", lo: null, hi: null });
    expect(of("usual")).toMatchObject({ verdict: "noise" });
    for (const group of ["new", "still"])
      expect(of(group)).toMatchObject({ verdict: "insufficient", reason: "baseline" });
    // Student's t of 0.03 / √(mean of squares) with six degrees of freedom (R: 2 * pt(-1.3887301, 6)).
    close(of("usual")?.["tau"], Math.sqrt(0.0028 / 6));
    close(of("usual")?.["p"], 0.2143, 2);
  });

  test("changes of too few people teach nothing about moods", async () => {
    const small = calm.map((_, at) => ({ week: at + 9, delta: at % 2 ? 0.3 : -0.3, denominator: 20 }));
    expect(Number((await last({}, [...calm, ...small]))?.["tau"])).toBe(0);
  });

  test("weeks with a holiday and the weeks after teach nothing, as long as six others do", async () => {
    const wild = [10, 11].map((week) => ({ week, delta: week % 2 ? 0.4 : -0.4 }));
    const mark = "insert into marts.week_marks select date '2026-01-05' + 7 * 10";
    await database.run(mark);
    expect(Number((await last({}, [...calm, ...wild]))?.["tau"])).toBe(0);
    await database.run("delete from report.comparisons");
    const few = await last({}, [...calm.slice(0, 4), ...wild]);
    close(Number(few?.["tau"]) ** 2, 0.32 / 6 - 0.0009);
  });

  test("the interval is the sampling interval", async () => {
    const judged = await last({ delta: 0.0483204134367, se: 0.0218118351765 }, six);
    close(judged?.["lo"], 0.00557000205);
    close(judged?.["hi"], 0.09107082482);
  });

  test("swapping the weeks turns the verdict round and changes nothing else", async () => {
    const there = await last({ delta: 0.08 }, six);
    await database.run("delete from report.comparisons");
    const back = await last({ delta: -0.08 }, six);
    expect([there?.["verdict"], back?.["verdict"]]).toEqual(["better", "worse"]);
    for (const column of ["p", "q", "tau", "strength", "min_detectable"])
      expect(back?.[column]).toEqual(there?.[column]);
    close(there?.["p"], twoSidedP(0.08 / Math.sqrt(0.000835 + 0.0009)), 9);
  });
});
