import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { causeText, nothingFound } from "../../src/review/explain/cause-texts.ts";
import { findCauses } from "../../src/review/explain/causes.ts";
import type { Cause, Explanation } from "../../src/review/explain/types.ts";
import { addDays } from "../../src/review/weeks.ts";
import { Database } from "../../src/warehouse/database.ts";
import { files, read } from "../repo/files.ts";

const WEEK = "2026-11-16";
const figure = (value: number) => ({ numerator: value * 100, denominator: 100, value });
const part = (value: string, total: number) => ({
  value,
  label: { zh: value, en: value },
  before: figure(0.2),
  after: figure(0.2 + total),
  rate: total,
  mix: 0,
  total,
});
const explanation = (moved: readonly string[], delta = 0.1) =>
  ({
    kpi: "rate",
    title: { zh: "活跃率", en: "Activity" },
    unit: "ratio",
    delta,
    before: figure(0.2),
    after: figure(0.2 + delta),
    dimensions: [
      {
        id: "group",
        title: { zh: "群", en: "Group" },
        parts: moved.map((id) => part(id, delta)),
        offsetting: false,
      },
    ],
    best: { dimension: "group", values: [...moved], share: 0.9 },
  }) as unknown as Explanation;

let database: Database;
beforeAll(async () => {
  database = await Database.open(":memory:");
  await database.run("create schema report");
  await database.run("create schema marts");
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.run(
    "create or replace table report.comparisons (kpi varchar, group_id varchar, week date, value double, delta double)",
  );
  await database.run("create or replace table marts.groups (group_id varchar, name varchar)");
  await database.run(
    "create or replace table marts.group_actions (group_id varchar, week date, action varchar, amount double)",
  );
  await database.run(
    "create or replace table marts.group_weeks (group_id varchar, week date, messages bigint)",
  );
  await database.run(
    "create or replace table marts.actions as select 1 as position, 'ad' as action, '推广' as title_zh, 'Ads' as title_en, '条' as unit_zh, 'posts' as unit_en, 'labels' as source, 'ad_units;ads' as not_for",
  );
});

/** Values by week, newest last; ads by week, newest last. */
async function group(id: string, values: readonly number[], ads: readonly number[]): Promise<void> {
  await database.run("insert into marts.groups values ($id, $id)", { id });
  for (const [at, value] of values.entries()) {
    const week = addDays(WEEK, 7 * (at - values.length + 1));
    await database.run(
      "insert into report.comparisons values ('rate', $id, $week::date, $value::double, $delta::double)",
      { id, week, value, delta: at === 0 ? null : value - (values[at - 1] ?? 0) },
    );
  }
  for (const [at, amount] of ads.entries()) {
    const week = addDays(WEEK, 7 * (at - ads.length + 1));
    if (amount > 0)
      await database.run("insert into marts.group_actions values ($id, $week::date, 'ad', $amount::double)", {
        id,
        week,
        amount,
      });
  }
}

const find = async (moved: readonly string[], delta?: number): Promise<Cause[]> =>
  (await findCauses(database, [explanation(moved, delta)], { week: WEEK, group: "*" })).flatMap(
    ({ causes }) => causes,
  );

const still = [0.2, 0.21, 0.2, 0.2, 0.21];

describe("causes", () => {
  test("one group, one week: what changed there and nowhere else is a medium guess", async () => {
    await group("a", [...still, 0.35], [1, 2, 1, 1, 2, 14]);
    for (const id of ["b", "c", "d"]) await group(id, [...still, 0.2], [1, 1, 1, 1, 1, 1]);
    const [cause] = await find(["a"]);
    expect(cause).toMatchObject({
      action: "ad",
      before: 2,
      after: 14,
      others: 3,
      grade: "E0",
      confidence: "medium",
    });
    expect(cause?.text.zh).toBe(
      "【推测·把握中】可能因为推广 2→14 条：变动的正是a；没有这种变化的 3 个群，同方向的变动平均不到一半。",
    );
    expect(cause?.text.en).toMatch(/possibly because of [^(]+ \(2→14 [a-z]+\): it was a that moved/);
  });

  test("where others moved as far, it was not this one that moved", async () => {
    for (const id of ["a", "b", "c"]) await group(id, [...still, 0.3], [1, 2, 1, 1, 2, id === "a" ? 14 : 2]);
    const dimensions = [{ id: "group", parts: ["a", "b", "c"].map((id) => part(id, 0.1 / 3)) }];
    const alike = { ...explanation([]), best: null, dimensions } as never;
    const [found] = await findCauses(database, [alike], { week: WEEK, group: "*" });
    expect(found?.causes[0]?.agrees).toMatchObject({ segment: false, control: false });
    expect(found?.causes[0]?.text.zh).toContain("同期发生：推广 2→14 条（a）");
  });

  test("one group without it is one; a negative ρ has a minus sign", async () => {
    await group("a", [...still, 0.35], [1, 2, 1, 1, 2, 14]);
    await group("b", [...still, 0.2], [1, 1, 1, 1, 1, 1]);
    const [cause] = await find(["a"]);
    expect(cause?.text.en).toContain("and the one group without moved that way less than half as far");
    const shown = causeText(
      { ...(cause as Cause), correlation: { rho: -0.66, weeks: 9 } },
      explanation(["a"]),
    );
    expect(shown.zh).toContain("（ρ=−0.7）");
  });

  test("an amount that is usual is no candidate, and neither is one that changed elsewhere", async () => {
    await group("a", [...still, 0.35], [14, 2, 1, 1, 2, 2]);
    await group("b", [...still, 0.2], [1, 1, 1, 1, 1, 9]);
    expect(await find(["a"])).toEqual([]);
  });

  test("one more of what differs from week to week is as usual, one less of what never does is not", async () => {
    await group("b", [...still, 0.2], [4, 5, 6, 4, 5, 5]);
    await group("a", [...still, 0.35], [4, 5, 6, 4, 5, 3]);
    expect(await find(["a"])).toEqual([]);
    await group("c", [...still, 0.35], [4, 4, 4, 4, 4, 3]);
    expect(await find(["c"])).toMatchObject([{ before: 4, after: 3 }]);
    // Two standard deviations of a count of 5 below.
    await group("d", [...still, 0.35], [4, 5, 6, 4, 5, 0]);
    expect(await find(["d"])).toMatchObject([{ before: 5, after: 0 }]);
  });

  test("a day off is no group's own: it is not added up over those that moved, nor called theirs", async () => {
    await database.run("update marts.actions set title_zh = '法定假日', source = 'holidays', unit_zh = '天'");
    for (const id of ["a", "b", "c"]) await group(id, [...still, 0.35], [0, 0, 0, 0, 0, 7]);
    const [cause] = await find(["a", "b"]);
    expect(cause).toMatchObject({ before: 0, after: 7, groups: [], confidence: "low" });
    expect(cause?.text.zh).toBe(
      "【推测·把握低】同期发生：法定假日 0→7 天，活跃率 20.0%→30.0%。只有一周，还不能判断原因。",
    );
    expect(cause?.text.en).not.toContain("()");
  });

  test("everyone did it and nobody else moved: only the timing speaks for it", async () => {
    await group("a", [...still, 0.35], [1, 1, 1, 1, 1, 9]);
    await group("b", [...still, 0.2], [1, 1, 1, 1, 1, 9]);
    const [cause] = await find(["a"]);
    expect(cause).toMatchObject({
      confidence: "low",
      agrees: { timing: true, segment: false, control: false },
    });
    expect(cause?.text.zh).toContain("只有一周，还不能判断原因");
  });

  test("what the KPI itself counts does not explain it", async () => {
    await group("a", [...still, 0.35], [1, 2, 1, 1, 2, 14]);
    const counted = { ...explanation(["a"]), kpi: "ads" };
    await database.run("update report.comparisons set kpi = 'ads'");
    expect(await findCauses(database, [counted], { week: WEEK, group: "*" })).toEqual([
      { causes: [], silent: [] },
    ]);
  });

  test("where it changed they moved the other way on average: those without it are no control", async () => {
    await group("a", [...still, 0.25], [1, 1, 1, 1, 1, 6]);
    for (const id of ["b", "c"]) await group(id, [...still, 0.16], [1, 1, 1, 1, 1, 6]);
    await group("d", [...still, 0.1], [1, 1, 1, 1, 1, 1]);
    const [cause] = await find(["a"]);
    expect(cause).toMatchObject({
      confidence: "low",
      agrees: { timing: true, segment: false, control: false },
    });
    // The amount is of the groups that moved, not of all: the sentence names them.
    expect(cause?.text.zh).toContain("推广 1→6 条（a）");
    expect(cause?.text.en).toContain("Ads 1→6 posts (a)");
  });

  test("eight weeks that rise and fall together", async () => {
    const ads = [1, 5, 2, 6, 3, 7, 4, 8, 2, 12];
    await group(
      "a",
      ads.map((one) => 0.2 + one / 100),
      ads,
    );
    await group(
      "b",
      ads.map(() => 0.2),
      ads.map(() => 1),
    );
    const [cause] = await find(["a"]);
    expect(cause).toMatchObject({ grade: "E1", confidence: "medium", correlation: { weeks: 10 } });
    expect(cause?.text.zh).toContain("别的因素可能也在变");
  });

  test("weeks with more of it were lower: a week in which both rose has no support from them", async () => {
    const ads = [1, 5, 2, 6, 3, 7, 4, 8, 2, 12];
    await group(
      "a",
      ads.map((one, at) => (at === ads.length - 1 ? 0.2 : 0.3 - one / 50)),
      ads,
    );
    const [cause] = await find(["a"]);
    expect(cause).toMatchObject({ grade: "E0", confidence: "low", correlation: null });
    expect(cause?.text.zh).toContain("只有一周，还不能判断原因");
  });

  test("several groups against several, alike before: the strongest that can be said without a draw", async () => {
    for (const [at, id] of ["a", "b", "c", "d"].entries())
      await group(id, [...still, 0.35 + at / 100], [1, 1, 1, 1, 1, 6]);
    for (const [at, id] of ["p", "q", "r", "s", "t", "u"].entries())
      await group(id, [...still, 0.2 + at / 500], [1, 1, 1, 1, 1, 1]);
    const [cause] = await find(["a", "b", "c", "d"]);
    expect(cause).toMatchObject({ grade: "E2", confidence: "high", difference: { groups: 4 }, others: 6 });
    expect(cause?.text.zh).toContain("不是随机分的");
  });

  test("groups of which nobody knows how they moved before have not moved alike before", async () => {
    for (const [at, id] of ["a", "b", "c", "d"].entries())
      await group(id, [...still, 0.35 + at / 100], [1, 1, 1, 1, 1, 6]);
    // Two weeks old: this is their first move.
    for (const [at, id] of ["p", "q", "r", "s", "t", "u"].entries())
      await group(id, [0.2, 0.2 + at / 500], [1, 1]);
    const [cause] = await find(["a", "b", "c", "d"]);
    expect(cause).toMatchObject({ grade: "E0", confidence: "medium", difference: null });
  });

  test("of more groups than can be shuffled one by one the interval decides", async () => {
    const ids = Array.from({ length: 24 }, (_, at) => `g${at}`);
    for (const [at, id] of ids.entries())
      await group(
        id,
        [...still, at < 12 ? 0.35 + at / 100 : 0.2 + at / 500],
        [1, 1, 1, 1, 1, at < 12 ? 6 : 1],
      );
    const [cause] = await find(ids.slice(0, 12));
    expect(cause).toMatchObject({ grade: "E2", confidence: "high", difference: { groups: 12 }, others: 12 });
  });

  test("nothing stands out: the group that adds most the way the whole moved, not the one that moved farthest against it", async () => {
    await group("a", [...still, 0.05], [1, 1, 1, 1, 1, 1]);
    await group("b", [...still, 0.33], [1, 1, 1, 1, 1, 9]);
    const open = {
      ...explanation(["a", "b"], 0.02),
      best: null,
      dimensions: [{ id: "group", parts: [part("a", -0.08), part("b", 0.06), part("c", 0.04)] }],
    } as unknown as Explanation;
    const [found] = await findCauses(database, [open], { week: WEEK, group: "*" });
    expect(found?.causes[0]).toMatchObject({ groups: ["b"], before: 1, after: 9 });
  });

  test("what a log does not hold was not left undone", async () => {
    await group("a", [...still, 0.01], [4, 4, 5, 4, 4]);
    for (const id of ["b", "c", "d"]) await group(id, [...still, 0.2], [4, 4, 5, 4, 4, 4]);
    await database.run("update marts.group_actions set week = week - 7 where group_id = 'a'");
    const ask = async () =>
      (await findCauses(database, [explanation(["a"], -0.2)], { week: WEEK, group: "*" }))[0];
    expect((await ask())?.causes).toMatchObject([{ before: 4, after: 0, groups: ["a"] }]);
    // Members said nothing either: the export of that log ended before the week.
    await database.run("insert into marts.group_weeks values ('a', $week::date, 0)", { week: WEEK });
    expect(await ask()).toEqual({ causes: [], silent: ["a"] });
    expect(nothingFound([], ["a"]).zh).toBe(
      "【未找到】a本周或上周没有一条聊天记录：先看是不是没导全，再找原因。",
    );
  });

  test("nothing on record", () => {
    // What changed within its usual range did change: the sentence may not deny it.
    expect(nothingFound([]).zh).toBe("【未找到】动的群里，日历、SOP、排班、推广、节假日都和往常差不多。");
    expect(nothingFound([{ zh: "活动日历", en: "a calendar" }]).zh).toContain("缺活动日历");
  });
});

/** Words that claim a cause: only a fact may use them. */
const claims = (text: string) =>
  /导致|带来|使得/.test(text) ||
  /(?<!可能)因为/.test(text.replaceAll("【事实", "").replaceAll(/【事实[^】]*】[^。]*。/g, ""));

test("no text of the review claims a cause", () => {
  // Planted.
  expect(claims("【推测·把握中】因为推广")).toBe(true);
  expect(claims("推广导致流失")).toBe(true);
  expect(claims("【推测·把握中】可能因为推广")).toBe(false);
  const code = (source: string) => source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
  const found = files(/^src\/(review|commands|server)\/.*\.ts$/).filter((path) => claims(code(read(path))));
  expect(found).toEqual([]);
});
