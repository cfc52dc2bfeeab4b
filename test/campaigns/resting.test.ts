import { expect, test } from "vitest";
import type { Campaign } from "../../src/campaigns/campaign.ts";
import { besideCampaigns } from "../../src/campaigns/resting.ts";
import { splitList } from "../../src/campaigns/split.ts";
import type { DormantRow } from "../../src/review/types.ts";

/* The list of the week after a campaign: sixty people, forty of whom are in it. */
const WEEK = { from: "2026-11-16", to: "2026-11-22", timezone: "Asia/Shanghai" };
const ids = Array.from({ length: 60 }, (_, at) => `p${at}`);
const rows = ids.map((personId) => ({
  personId,
  why: "went_silent",
  orders: 0,
  lastAddressed: null,
  scene: "topic",
  holdout: false,
})) as unknown as DormantRow[];
const [treated, held] = [ids.slice(0, 32), ids.slice(32, 40)];
const campaign = (from: string) => [{ from, treated, held }] as unknown as Campaign[];
const told = (from: string, of = rows) => besideCampaigns(of, campaign(from), WEEK);

test("who was written to the week before waits, and who was left alone is left alone", () => {
  const list = told("2026-11-16");
  const marked = list.filter(({ holdout }) => holdout).map(({ personId }) => personId);
  expect(list.filter(({ scene }) => scene === "wait").map(({ personId }) => personId)).toEqual(
    ids.slice(0, 40),
  );
  // Of the others, whom the next campaign of this list would leave alone.
  const next = splitList(rows.slice(40), "fupan 2026-11-16").held;
  expect(new Set(marked)).toEqual(new Set([...held, ...next]));
  expect(next).toHaveLength(4);
});

test("too few for a campaign of their own have nobody left alone", () => {
  const list = told("2026-11-16", rows.slice(0, 59));
  const own = list.slice(40).filter(({ holdout }) => holdout);
  expect([list.slice(32, 40).every(({ holdout }) => holdout), own]).toEqual([true, []]);
});

test("a fortnight later the list stands as it was drawn", () => {
  expect(told("2026-11-09")).toEqual(rows);
  expect(told("2026-11-10")).not.toEqual(rows);
});

test("rows that tell no split get none, nor do those without an id, whom one of them could be told from", () => {
  const plain = rows.map((row) => ({ ...row, holdout: null }));
  const listed = told("2026-11-16", plain);
  expect(listed.map(({ scene }) => scene === "wait")).toEqual(ids.map((_, at) => at < 40));
  const nameless = rows.map((row) => ({ ...row, personId: "" }));
  for (const list of [listed, told("2026-11-16", nameless)])
    expect(new Set(list.map(({ holdout }) => holdout))).toEqual(new Set([null]));
});
