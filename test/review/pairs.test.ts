import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { bestText, printedParts, stepOf } from "../../src/review/contributions.ts";
import { explain } from "../../src/review/explain/explain.ts";
import { searchPairs } from "../../src/review/explain/pairs.ts";
import type { Explanation } from "../../src/review/explain/types.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath } from "../../src/warehouse/publish.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

const catalog = readCatalog(SQL_ROOT);
const WEEK = "2026-11-09";
const scope = { group: "*", week: WEEK, previous: "2026-11-02" };

/** Speakers of 100 members each, last week and this: in one group the VIPs start to speak, in the other everyone else. */
const CELLS = [
  { group: "a", level: "VIP", before: 20, after: 58 },
  { group: "a", level: "普通", before: 40, after: 22 },
  { group: "b", level: "VIP", before: 40, after: 24 },
  { group: "b", level: "普通", before: 20, after: 54 },
];
const SIZE = 100;
const people = CELLS.flatMap(({ group, level }) =>
  Array.from({ length: SIZE }, (_, n) => ({ group, level, n })),
);
const id = ({ group, level, n }: (typeof people)[number]) => `${group}${level === "VIP" ? "v" : "p"}${n}`;

const community = new Community();
let database: Database;
let explained: Explanation[];
beforeAll(async () => {
  await community.import(
    "members.csv",
    csv(
      people.map((one) => ({
        group_id: one.group,
        member_id: id(one),
        level: one.level,
        joined_at: "2026-09-01 09:00:00",
      })),
    ),
  );
  const said = (one: (typeof people)[number], day: string) => ({
    group_id: one.group,
    sender_id: id(one),
    sent_at: `${day} 10:00:${String(one.n % 60).padStart(2, "0")}`,
    text: `早市 ${one.n}`,
  });
  await community.import(
    "messages.csv",
    csv(
      CELLS.flatMap(({ group, level, before, after }) => {
        const own = people.filter((one) => one.group === group && one.level === level);
        return [
          ...own.slice(0, before).map((one) => said(one, "2026-11-04")),
          ...own.slice(SIZE - after).map((one) => said(one, "2026-11-11")),
        ];
      }),
    ),
  );
  const generation = await community.build("2026-11-16T00:00:00+08:00");
  database = await Database.open(generationPath(community.workspace.marts, generation), { readOnly: true });
  explained = await explain(
    database,
    catalog,
    catalog.kpis.map((kpi) => kpi.id),
    scope,
  );
});
afterAll(() => {
  database.close();
  community.remove();
});

test("what no single dimension explains is found in two at once, and its parts add up", async () => {
  const rate = explained.find(({ kpi }) => kpi === "activity_rate");
  expect(rate?.best).toBeNull();
  const oneWay = rate?.dimensions.map((dimension) => dimension.id);
  await searchPairs(database, catalog, explained, scope);
  expect(rate?.best).toMatchObject({ dimension: "group*tier", values: ["a\u001fVIP"] });
  expect(rate?.dimensions.map((dimension) => dimension.id)).toEqual([...(oneWay ?? []), "group*tier"]);
  const pair = rate?.dimensions.at(-1);
  expect(pair?.parts).toHaveLength(CELLS.length);
  expect(pair?.offsetting).toBe(true);
  for (const { group, level, before, after } of CELLS)
    expect(pair?.parts.find(({ value }) => value === `${group}\u001f${level}`)).toMatchObject({
      label: { zh: `${group} × ${level}` },
      before: { numerator: before, denominator: SIZE },
      after: { numerator: after, denominator: SIZE },
    });
  const sum = pair?.parts.reduce((total, part) => total + part.total, 0);
  expect(sum).toBeCloseTo(rate?.delta ?? 0, 12);
  expect(rate && bestText(rate)?.zh).toBe(
    "【事实】最能说明变化的是群 × 会员等级：a × VIP +9.50pp，占整体变化的 100%。",
  );
});

test("groups without cells of their own stand together, and the parts still add up", async () => {
  const [rate] = await explain(database, catalog, ["activity_rate"], scope);
  await searchPairs(database, catalog, rate ? [rate] : [], scope, { most: 1 });
  expect(rate?.best).toMatchObject({ dimension: "group*tier", values: ["a\u001fVIP"] });
  const parts = rate?.dimensions.at(-1)?.parts ?? [];
  expect(new Set(parts.map(({ label }) => label.zh))).toEqual(new Set(["a × VIP", "a × 普通", "其余的群"]));
  expect(parts.find(({ label }) => label.en === "All other groups")?.after).toMatchObject({
    numerator: 78,
    denominator: 2 * SIZE,
  });
  expect(parts.reduce((total, part) => total + part.total, 0)).toBeCloseTo(rate?.delta ?? 0, 12);
});

test("the pairs of all people are asked with the dimensions, once", async () => {
  const ids = ["activity_rate", "messages"];
  const asked: string[] = [];
  const all = database.all.bind(database);
  const spy = vi.spyOn(database, "all").mockImplementation((sql, params) => {
    if (sql.includes("slices as")) asked.push(JSON.stringify([sql, params]));
    return all(sql, params);
  });
  const made = await explain(database, catalog, ids, scope);
  const [first, ...others] = asked.splice(0);
  expect([typeof first, others]).toEqual(["string", []]);
  const open = made.filter(({ kpi }) => kpi === "activity_rate");
  const turned = { previous: scope.previous, week: scope.week, group: scope.group };
  await searchPairs(database, catalog, open, turned, { asked: made });
  spy.mockRestore();
  // The first again, which a generation of a server remembers, and that by group.
  expect(asked).toHaveLength(2);
  expect(asked[0]).toBe(first);
});

test("every split as printed adds up to the printed change", () => {
  expect(explained.length).toBeGreaterThan(8);
  for (const one of explained) {
    const step = stepOf(one.unit);
    for (const dimension of [...one.dimensions, ...(one.people ? [one.people] : [])]) {
      const { rows, total } = printedParts(one, dimension);
      const steps = rows.reduce((sum, { shown }) => sum + Math.round(shown.total / step), 0);
      expect(steps, `${one.kpi} by ${dimension.id}`).toBe(Math.round(total / step));
    }
  }
});
