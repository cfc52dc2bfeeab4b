import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runQuery } from "../../src/review/query.ts";
import { GenerationReader } from "../../src/review/reader.ts";
import { retentionOf } from "../../src/review/retention.ts";
import { kaplanMeier, logRank, type Watched } from "../../src/stats/survival.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

/**
 * 40 came by a code on 1 September, of whom 10 left after five days; 30 were invited, of whom one left; ten of each came two
 * days before the end.
 */
const community = new Community();
const stay = (group_id: string, at: number, source: string, joined_at: string, left_at = "") => ({
  group_id,
  member_id: `${group_id}${source}${at}${joined_at.slice(5, 10)}`,
  source,
  joined_at,
  left_at,
});
const many = (n: number, of: (at: number) => ReturnType<typeof stay>) =>
  Array.from({ length: n }, (_, at) => of(at));
let reader: GenerationReader;

beforeAll(async () => {
  const [begin, late] = ["2026-09-01T08:00:00", "2026-10-16T08:00:00"];
  await community.import(
    "history.csv",
    csv([
      ...many(40, (at) => stay("g1", at, "qr", begin, at < 10 ? "2026-09-06T10:00:00" : "")),
      ...many(30, (at) => stay("g1", at, "invite", begin, at < 1 ? "2026-09-06T10:00:00" : "")),
      ...many(10, (at) => stay("g1", at, "qr", late)),
      ...many(10, (at) => stay("g1", at, "invite", late)),
    ]),
  );
  await community.import(
    "messages.csv",
    csv([{ group_id: "g1", sender_id: "g1qr2009-01", sent_at: "2026-09-01T09:00:00", text: "来了" }]),
  );
  await community.build("2026-10-19T00:00:00");
  reader = new GenerationReader(community.workspace.marts);
});
afterAll(() => {
  reader.close();
  community.remove();
});

const made = async (params: Record<string, string | number> = {}) =>
  retentionOf(
    (await reader.read((database) =>
      runQuery(database, readCatalog(SQL_ROOT), "stays", { week: "2026-10-12", ...params }),
    )) ?? [],
  );

test("who has just come neither lowers nor raises the share that stays", async () => {
  const all = await made();
  expect(all).toMatchObject({ stays: 90, left: 11, medianDays: null });
  const at = (day: number) => all?.kept.find((one) => one.day === day)?.share;
  expect(at(1)).toBe(1);
  // The twenty newest were watched for two days: 11 of the 70 who could leave on the sixth day left.
  expect(at(7)).toBeCloseTo(1 - 11 / 70, 12);
  expect(at(30)).toBeCloseTo(1 - 11 / 70, 12);
  // Nobody has been there for 90 days.
  expect(at(90)).toBeNull();
});

test("ways of joining are compared, and told apart only beyond chance", async () => {
  const sources = (await made())?.sources ?? [];
  expect(sources.map(({ source, differs }) => [source, differs])).toEqual([
    ["qr", "shorter"],
    ["invite", "longer"],
  ]);
  expect(sources[0]?.kept[1]?.share).toBeCloseTo(1 - 10 / 40, 12);
});

test("a week in which nothing had happened yet, and rows of which some are hidden, say nothing", async () => {
  expect((await made({ week: "2026-08-31" }))?.kept[0]?.share).toBe(1);
  expect(retentionOf([])).toBeNull();
  expect(retentionOf([{ source: "qr", day: 5, entered: 0, ended: 9, leavers: null }])).toBeNull();
});

test("days in which hardly anybody was watched are not told, however many were watched later", () => {
  const rows = [
    { source: "", day: 0, entered: 4, ended: 0, leavers: 0 },
    { source: "", day: 2, entered: 0, ended: 1, leavers: 1 },
    { source: "", day: 9, entered: 0, ended: 3, leavers: 0 },
    { source: "", day: 200, entered: 400, ended: 0, leavers: 0 },
    { source: "", day: 300, entered: 0, ended: 400, leavers: 0 },
  ];
  expect(retentionOf(rows)?.kept.map(({ share }) => share)).toEqual([null, null, null, null, null]);
});

test("sums by day say of any stays what the stays themselves say", () => {
  const stay = fc
    .record({ entry: fc.nat(40), days: fc.integer({ min: 1, max: 60 }), event: fc.boolean() })
    .map(({ entry, days, event }) => ({ entry, exit: entry + days, event }));
  const many = fc.array(stay, { minLength: 30, maxLength: 80 });
  const daysOf = (source: string, stays: readonly Watched[]) =>
    Array.from({ length: 101 }, (_, day) => ({
      source,
      day,
      entered: stays.filter(({ entry }) => entry === day).length,
      ended: stays.filter(({ exit }) => exit === day).length,
      leavers: stays.filter(({ exit, event }) => event && exit === day).length,
    })).filter(({ entered, ended }) => entered + ended > 0);
  fc.assert(
    fc.property(many, many, (a, b) => {
      const told = retentionOf([...daysOf("a", a), ...daysOf("b", b)]);
      expect(told).toMatchObject({
        stays: a.length + b.length,
        left: [...a, ...b].filter(({ event }) => event).length,
      });
      const steps = kaplanMeier([...a, ...b]);
      for (const { day, share } of told?.kept ?? []) {
        const last = steps.filter(({ time }) => time <= day).at(-1);
        if (share !== null) expect(share).toBeCloseTo(last?.survival ?? 1, 12);
      }
      const { p } = logRank(a, b);
      // Two sources are each other's others: one p, and so the same q.
      for (const { q } of told?.sources ?? []) if (q !== null) expect(q).toBeCloseTo(p, 9);
    }),
  );
});
