import { beforeAll, describe, expect, it } from "vitest";
import { planSchema } from "../../src/kit/plan.ts";
import { readTolerances, tolerancesText } from "../../src/kit/plan-tolerances.ts";
import { Community } from "../support/community.ts";
import { CONFIG, messages, type Sent } from "./camp.ts";

/*
 * The handbook's patty, and what a message itself can keep: each bound from both sides, one day per execution.
 */
const PATTY = "【出餐】今天的肉饼量好了，脂肪";
const fat = ["15.9", "16", "19", "19.1"];
const wide = ["98.4", "98.5", "98.6", "98.61"];
const day = (n: number) => `2026-11-0${n + 2}`;
const letters = (count: number) => `【心得】${"好".repeat(count - 4)}`;

const PLAN = `version: 1
id: kitchen
groups: [g1]
steps:
  - { id: patty, weekday: daily, time: "12:00", text: "${PATTY}", tolerances: { 脂肪: { min: 16, max: 19 }, 直径: { target: 98.5, within: 0.1 }, time: { min: 0, max: 5 } } }
  - { id: share, weekday: daily, time: "15:00", text: "【心得】", tolerances: { length: { min: 10, max: 100 } } }
  - { id: shots, weekday: daily, time: "18:00", text: "【上新】今天的三款面包都在这里", tolerances: { images: { min: 2 }, gap: { min: 60 } } }
`;
const LENGTHS = [9, 10, 100, 101];
const SENT: Sent[] = [0, 1, 2, 3].flatMap((n): Sent[] => [
  { at: `${day(n)}T12:0${n + 2}:00`, text: `${PATTY} ${fat[n]}%，直径：${wide[n]} mm，出锅` },
  { at: `${day(n)}T15:00:00`, text: letters(LENGTHS[n] ?? 9) },
  ...Array.from(
    { length: n },
    (_, at): Sent => ({ at: `${day(n)}T18:01:${10 + at}`, text: "", kind: "image" }),
  ),
  { at: `${day(n)}T18:00:00`, text: "【上新】今天的三款面包都在这里" },
  { at: `${day(n)}T17:0${n === 3 ? 1 : 0}:00`, text: "今天的炉子刚好空出来，想看现场的说一声，我开直播" },
]);
const LAST = { at: `${day(4)}T12:00:00`, text: PATTY };

let rows: Record<string, unknown>[];
beforeAll(async () => {
  const community = new Community(CONFIG);
  try {
    await community.import("messages.csv", messages([...SENT, LAST]));
    await community.import("plan.yaml", PLAN);
    rows = await community.query(
      "select step_id, measure, actual, is_inside from marts.sop_tolerances where week = '2026-11-02' order by step_id, measure, (select due_at from marts.sop_steps_due as due where due.due_key = sop_tolerances.due_key)",
      "2026-11-07T00:00:00",
    );
  } finally {
    community.remove();
  }
});
const of = (measure: string) =>
  rows.filter((row) => row["measure"] === measure).map((row) => [row["actual"], row["is_inside"]]);

describe("tolerances", () => {
  it("fat of 16 and 19 % is inside, 15.9 and 19.1 outside; what the message does not say is not judged", () => {
    expect(of("脂肪")).toEqual([
      [15.9, false],
      [16, true],
      [19, true],
      [19.1, false],
      [null, null],
    ]);
  });

  it("a target with so much either side holds its bounds to the last digit", () => {
    expect(of("直径").slice(0, 4)).toEqual([
      [98.4, true],
      [98.5, true],
      [98.6, true],
      [98.61, false],
    ]);
  });

  it("minutes from the planned time are a value like others", () => {
    expect(of("time")).toEqual([
      [2, true],
      [3, true],
      [4, true],
      [5, true],
      [0, true],
    ]);
  });

  it("9 letters are out, 10 and 100 in, 101 out", () => {
    expect(of("length")).toEqual([
      [9, false],
      [10, true],
      [100, true],
      [101, false],
    ]);
  });

  it("pictures beside the post and the pause before it are counted", () => {
    expect(of("images")).toEqual([
      [0, false],
      [1, false],
      [2, true],
      [3, true],
    ]);
    expect(of("gap")).toEqual([
      [60, true],
      [60, true],
      [60, true],
      [59, false],
    ]);
  });

  it("come back from a cell as they were; half a bound is refused", () => {
    const given = {
      脂肪: { min: 16, max: 19 },
      直径: { target: 98.5, within: 0.1 },
      length: { min: 10 },
      gap: { max: -1 },
    };
    expect(tolerancesText(given)).toBe("脂肪 16..19；直径 98.5±0.1；length 10..；gap ..-1");
    expect(readTolerances(tolerancesText(given))).toEqual(given);
    expect(readTolerances("大概差不多")).toBeUndefined();
    const step = (tolerance: object) =>
      planSchema.safeParse({ version: 1, steps: [{ id: "a", tolerances: { x: tolerance } }] }).success;
    expect(step({ target: 1 })).toBe(false);
    expect(step({ min: 2, max: 1 })).toBe(false);
    expect(step({ min: 1, within: 1 })).toBe(false);
    expect(step({})).toBe(false);
    expect(step({ min: 1, max: 1 })).toBe(true);
  });
});
