import { afterAll, expect, test } from "vitest";
import { undoBatch } from "../../src/state/batches.ts";
import { listImports } from "../../src/state/ledger.ts";
import { Community, csv } from "../support/community.ts";

const community = new Community();
afterAll(() => community.remove());

const day = (number: number) => ({
  group_id: "g1",
  sender_id: "m1",
  sent_at: `2026-11-${String(number).padStart(2, "0")}T10:00:00Z`,
  text: `第 ${number} 天`,
});
const days = (from: number, to: number) =>
  csv(Array.from({ length: to - from + 1 }, (_, at) => day(from + at)));
const early = () => community.import("early.csv", days(1, 7), { batch: "one" });
const late = (batch: string) => community.import("late.csv", days(5, 10), { batch });
const undo = (batch: string) => undoBatch(community.state, community.workspace.lake, batch);
/** Names of the imports that ask to be repeated. */
const asking = async () =>
  (await listImports(community.state)).filter((one) => one.isIncomplete).map(({ fileName }) => fileName);
const rows = () =>
  community.lake(async (lake) => (await lake.one("select count(*)::int as n from lake.messages"))["n"]);

test("a file that an undone one made smaller asks to be imported again, until it is", async () => {
  await early();
  expect(await late("two")).toMatchObject({ accepted: 3, duplicate: 3 });
  expect(await undo("one")).toEqual({ removed: ["early.csv"], reopened: ["late.csv"] });
  expect([await asking(), await rows()]).toEqual([["late.csv"], 3]);
  expect(await late("three")).toMatchObject({ status: "imported", accepted: 3, duplicate: 3 });
  expect([await asking(), await rows()]).toEqual([[], 6]);
  expect(await late("four")).toMatchObject({ status: "unchanged" });
});

test("when what was read again is undone too, the first reading asks once more", async () => {
  expect(await undo("three")).toEqual({ removed: ["late.csv"], reopened: ["late.csv"] });
  expect([await asking(), await rows()]).toEqual([["late.csv"], 3]);
  await late("five");
  expect([await asking(), await rows()]).toEqual([[], 6]);
});
