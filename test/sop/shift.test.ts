import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { Community } from "../support/community.ts";
import { CONFIG, messages, type Sent } from "./camp.ts";

/*
 * Shifting a whole log by a step's tolerance changes done to late and nothing else. Every sample is two groups of one
 * plan, the second with the log of the first sent later by the tolerance, so that one build judges all of them.
 */
const TOLERANCE = 10;
const LATE = 120;
const SCRIPTS = [
  "材料称好拍一张，再写一句最想学会的事",
  "午间一问：昨晚那一步你卡在哪里",
  "半小时后开讲，烤箱先预热，缺席的看回放",
  "交作业啦，先交的先点评，图文都行",
  "明早菜场见，谁要带番茄在下面接龙",
  "结营名单出来了，全勤的同学来领奖状",
];
const CHATTER = "今天新到一批面粉，想看的朋友说一声，我拍给大家瞧瞧";

/** Seconds from the due time; null = never sent. Late ones leave room for the shift. */
const outcome = fc.oneof(
  fc.integer({ min: 1, max: TOLERANCE * 60 }),
  fc.integer({ min: -TOLERANCE * 60, max: 0 }),
  fc.integer({ min: TOLERANCE * 60 + 1, max: (LATE - TOLERANCE) * 60 }),
  fc.constant(null),
);
const log = fc.record({
  outcomes: fc.array(outcome, { minLength: SCRIPTS.length, maxLength: SCRIPTS.length }),
  chatter: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 3 }),
});
const samples = fc.sample(log, { numRuns: 30, seed: 7 });

/** Each step has a day of its own, at noon. */
const due = (step: number) => Date.UTC(2026, 9, 26 + step, 12);
const stamp = (at: number) => new Date(at).toISOString().slice(0, 19);

function sent(group: string, { outcomes, chatter }: (typeof samples)[number], shift: number): Sent[] {
  const at = (time: number) => stamp(time + shift * 60_000);
  return [
    ...outcomes.flatMap((seconds, step) =>
      seconds === null ? [] : [{ group, at: at(due(step) + seconds * 1000), text: SCRIPTS[step] ?? "" }],
    ),
    ...chatter.map((step) => ({ group, at: at(due(step) + 7 * 3_600_000), text: CHATTER })),
    // The group speaks to the end, so that its log reaches every step.
    { group, at: "2026-11-01T10:00:00", by: "m1", text: "周末愉快" },
  ];
}

const groups = samples.flatMap((_, index) => [`a${index}`, `b${index}`]);
const PLAN = `version: 1
id: shift
groups: [${groups.join(", ")}]
steps:
${SCRIPTS.map((text, step) => `  - { id: s${step}, date: ${stamp(due(step)).slice(0, 10)}, time: "12:00", window: ${TOLERANCE}, late: ${LATE}, text: "${text}" }`).join("\n")}
`;

let rows: Record<string, unknown>[];
beforeAll(async () => {
  const community = new Community(CONFIG);
  try {
    await community.import(
      "messages.csv",
      messages(
        samples.flatMap((sample, index) => [
          ...sent(`a${index}`, sample, 0),
          ...sent(`b${index}`, sample, TOLERANCE),
        ]),
      ),
    );
    await community.import("plan.yaml", PLAN);
    rows = await community.query(
      "select group_id, step_id, status, minutes_late from marts.sop_adherence order by group_id, step_id, sent_at",
      "2026-11-05T00:00:00",
    );
  } finally {
    community.remove();
  }
});

const statuses = (group: string) =>
  rows.filter(({ group_id }) => group_id === group).map(({ step_id, status }) => [step_id, status] as const);

describe("a log shifted by the tolerance", () => {
  it("changes done to late and nothing else", () => {
    let changed = 0;
    for (const [index, { outcomes }] of samples.entries()) {
      const before = statuses(`a${index}`);
      const after = statuses(`b${index}`);
      expect(after.length).toBe(before.length);
      for (const [at, [step, status]] of before.entries()) {
        const seconds = step === null ? null : outcomes[Number(String(step).slice(1))];
        const isMoved = status === "done" && typeof seconds === "number" && seconds > 0;
        if (isMoved) changed++;
        expect([index, ...(after[at] ?? [])]).toEqual([index, step, isMoved ? "late" : status]);
      }
    }
    // The samples hold every case.
    expect(changed).toBeGreaterThan(20);
    expect(new Set(rows.map(({ status }) => status))).toEqual(
      new Set(["done", "late", "missed", "unplanned"]),
    );
  });
});
