import { expect, test } from "vitest";
import { apartOf } from "../../src/review/explain/apart.ts";
import { nothingFound } from "../../src/review/explain/cause-texts.ts";
import { Database } from "../../src/warehouse/database.ts";

test("what the number is made of, and holidays of weeks that have one, are not said to be as usual", async () => {
  const database = await Database.open(":memory:");
  await database.run("create schema marts");
  await database.run(
    "create table marts.actions as select 1 as position, 'ad' as action, '推广' as title_zh, 'Ads' as title_en, '条' as unit_zh, 'posts' as unit_en, 'labels' as source, 'ad_units;ads' as not_for",
  );
  await database.run(
    "create or replace table marts.week_marks as select date '2026-11-09' as week, '双 11' as title",
  );
  await database.run(
    "insert into marts.actions values (2, 'missed', '漏做', 'Missed', '步', 'steps', 'sop', 'adherence')",
  );
  const apart = async (kpi: string, week: string) => [...(await apartOf(database, week))(kpi)];
  expect(await apart("rate", "2026-11-02")).toEqual([]);
  expect(await apart("rate", "2026-11-09")).toEqual(["holidays"]);
  expect(await apart("adherence", "2026-11-16")).toEqual(["sop", "holidays"]);
  expect(await apart("adherence", "2026-11-23")).toEqual(["sop"]);
  const said = nothingFound([], [], new Set(["sop", "holidays"]));
  expect(said.zh).toBe("【未找到】动的群里，日历、排班、推广都和往常差不多。");
  expect(said.en).toContain("Where it moved, calendar, staffing and promotions were much as usual.");
  expect(nothingFound([{ zh: "活动日历", en: "a calendar" }], [], new Set(["holidays"])).zh).toContain(
    "除了节假日，有记录的都和往常差不多",
  );
  database.close();
});
