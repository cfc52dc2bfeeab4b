import { describe, expect, test } from "vitest";
import { type Choice, choose, type Decision } from "../../src/rules/choose.ts";
import type { Hit } from "../../src/rules/fire.ts";

const RULES = { perGroup: 5, coolDownWeeks: 2, rejectedWeeks: 8 };
const monday = (week: number) => new Date(Date.UTC(2026, 0, 5 + 7 * week)).toISOString().slice(0, 10);
const hit = (rule: string, week: number, more: Partial<Hit> = {}): Hit => ({
  rule,
  groupId: "g1",
  week: monday(week),
  sample: 20,
  affected: 10,
  gap: 0.5,
  strength: "clear",
  evidence: {},
  params: {},
  ...more,
});
const header = (rootCause: string, more = {}) =>
  ({ severity: "act", cost: "low", rootCause, gate: false, minSample: 10, ...more }) as const;
/** Rules A to H with a cause each. */
const headers = new Map([..."ABCDEFGH"].map((rule) => [rule, header(rule)] as const));
const outcomes = (choices: readonly Choice[]) => choices.map(({ rule, outcome }) => `${rule} ${outcome}`);
const measured = (week: number, improved: boolean | null, more: Partial<Decision> = {}): Decision => ({
  rule: "A",
  groupId: "g1",
  week: monday(week),
  status: "accepted",
  measuredWeek: monday(week + 1),
  improved,
  ...more,
});

describe("which findings become suggestions", () => {
  test("five at most, the best first", () => {
    const hits = [..."ABCDEFG"].map((rule, at) => hit(rule, 0, { affected: 10 * (at + 1) }));
    const choices = choose(hits, headers, [], RULES);
    expect(outcomes(choices)).toEqual([
      "G shown",
      "F shown",
      "E shown",
      "D shown",
      "C shown",
      "B limit",
      "A limit",
    ]);
    expect(choices.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, null, null]);
  });

  test("one of each root cause", () => {
    const same = new Map([
      ["A", header("ads")],
      ["B", header("ads")],
    ] as const);
    expect(outcomes(choose([hit("A", 0), hit("B", 0, { affected: 99 })], same, [], RULES))).toEqual([
      "B shown",
      "A same_cause",
    ]);
  });

  test("under its minimum a rule is silent", () => {
    expect(outcomes(choose([hit("A", 0, { sample: 9 })], headers, [], RULES))).toEqual(["A sample"]);
  });

  test("a doubtful, dear or lesser finding stands lower", () => {
    const rank = (more: Partial<Hit>, own = {}) => {
      const list = new Map([
        ["A", header("A", own)],
        ["B", header("B")],
      ] as const);
      return choose([hit("A", 0, more), hit("B", 0)], list, [], RULES).map(({ rule }) => rule);
    };
    expect(rank({ strength: "possible" })).toEqual(["B", "A"]);
    expect(rank({ affected: 5 })).toEqual(["B", "A"]);
    expect(rank({ gap: 0.2 })).toEqual(["B", "A"]);
    expect(rank({ sample: 12 })).toEqual(["B", "A"]);
    expect(rank({}, { cost: "high" })).toEqual(["B", "A"]);
    expect(rank({}, { severity: "urgent" })).toEqual(["A", "B"]);
  });

  test("two weeks of cool-down, and the same suggestion when it comes back undecided", () => {
    const choices = choose(
      [0, 1, 2, 3].map((week) => hit("A", week)),
      headers,
      [],
      RULES,
    );
    expect(outcomes(choices)).toEqual(["A shown", "A cool_down", "A shown", "A cool_down"]);
    expect(choices[2]).toMatchObject({ id: choices[0]?.id, times: 2, firstWeek: monday(0) });
  });

  test("a rule may ask for a longer rest", () => {
    const slow = new Map([["A", header("A", { coolDownWeeks: 4 })]] as const);
    expect(
      outcomes(
        choose(
          [0, 2, 4].map((week) => hit("A", week)),
          slow,
          [],
          RULES,
        ),
      ),
    ).toEqual(["A shown", "A cool_down", "A shown"]);
  });

  test("what got much worse is not kept back, and stays the same suggestion", () => {
    const weeks = (second: Partial<Hit>) => choose([hit("A", 0), hit("A", 1, second)], headers, [], RULES);
    expect(outcomes(weeks({ gap: 0.74 }))).toEqual(["A shown", "A cool_down"]);
    const [first, again] = weeks({ gap: 0.76 });
    expect(again).toMatchObject({ outcome: "shown", id: first?.id, times: 2 });
  });

  test("after a long silence, or after a decision, it is a new one", () => {
    const [first, second] = choose([hit("A", 0), hit("A", 9)], headers, [], RULES);
    expect(second?.id).not.toBe(first?.id);
    const [, next] = choose([hit("A", 0), hit("A", 3)], headers, [measured(0, true)], RULES);
    expect(next).toMatchObject({ outcome: "shown", times: 1, firstWeek: monday(3) });
  });

  test("what runs or was refused is not suggested again", () => {
    const running = measured(0, null, { measuredWeek: null });
    expect(outcomes(choose([hit("A", 0), hit("A", 3)], headers, [running], RULES))).toEqual([
      "A shown",
      "A in_progress",
    ]);
    const refused = measured(0, null, { status: "rejected", measuredWeek: null });
    expect(outcomes(choose([hit("A", 8), hit("A", 9)], headers, [refused], RULES))).toEqual([
      "A rejected",
      "A shown",
    ]);
    const elsewhere = { ...refused, groupId: "g2" };
    expect(outcomes(choose([hit("A", 8)], headers, [elsewhere], RULES))).toEqual(["A shown"]);
  });

  test("data first: the others are greyed", () => {
    const gated = new Map([...headers, ["Q", header("data", { gate: true })] as const]);
    const greyed = (sample: number) =>
      choose([hit("A", 0, { affected: 99 }), hit("Q", 0, { sample, affected: 1 })], gated, [], RULES).map(
        (one) => [one.rule, one.greyed],
      );
    expect(greyed(10)).toEqual([
      ["Q", false],
      ["A", true],
    ]);
    expect(greyed(9)).toContainEqual(["A", false]);
  });
});

describe("what the list learns", () => {
  const both = [hit("A", 20, { affected: 90 }), hit("B", 20)];
  const order = (decisions: Decision[]) =>
    choose(both, headers, decisions, RULES).map(({ rule, lowered }) => [rule, lowered]);

  test("twice without effect in a group ranks below untried ones there", () => {
    expect(order([measured(2, false)])).toEqual([
      ["A", null],
      ["B", null],
    ]);
    expect(order([measured(2, false), measured(5, false)])).toEqual([
      ["B", null],
      ["A", "group"],
    ]);
    expect(order([measured(2, false), measured(5, true)])[0]).toEqual(["A", null]);
  });

  test("eight follow-ups with a quarter improved at most are lowered everywhere", () => {
    const elsewhere = (improved: number, all: number) =>
      Array.from({ length: all }, (_, at) => measured(at, at < improved, { groupId: `g${at + 2}` }));
    expect(order(elsewhere(2, 8))).toContainEqual(["A", "rule"]);
    expect(order(elsewhere(3, 8))).toContainEqual(["A", null]);
    expect(order(elsewhere(1, 7))).toContainEqual(["A", null]);
  });

  test("an action that was not carried out, or not yet measured, teaches nothing", () => {
    expect(order([measured(2, null), measured(5, null)])[0]).toEqual(["A", null]);
    expect(order([measured(2, false), measured(20, false, { groupId: "g2" })])[0]).toEqual(["A", null]);
  });

  test("a record of success lifts a suggestion", () => {
    const close = [hit("A", 20), hit("B", 20)];
    const good = [1, 2, 3].map((week) => measured(week, true, { groupId: "g3", rule: "B" }));
    expect(choose(close, headers, [], RULES)[0]?.rule).toBe("A");
    expect(choose(close, headers, good, RULES)[0]).toMatchObject({ rule: "B", followUps: 3, improved: 3 });
  });
});
