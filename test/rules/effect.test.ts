import { describe, expect, test } from "vitest";
import type { Campaign } from "../../src/campaigns/campaign.ts";
import { effectOf, type Followed, type Move } from "../../src/rules/effect.ts";
import { holdoutEffect } from "../../src/rules/holdout.ts";
import type { Action } from "../../src/rules/suggestion.ts";

const figure = (numerator: number, denominator: number) => ({
  numerator,
  denominator,
  value: numerator / denominator,
});
const move = (groupId: string, was: number, now: number, of = 100, before = [0.01, -0.01]): Move => ({
  groupId,
  was: figure(was, of),
  now: figure(now, of),
  se: 0.03,
  before,
});
const followed = (own: Move, others: Move[], more: Partial<Followed> = {}) =>
  effectOf({
    measure: { measure: "kpi", id: "zero_response_rate", direction: "down" },
    title: { zh: "零回应率", en: "Zero-response rate" },
    unit: "ratio",
    minDenominator: 30,
    wasWeek: "2026-11-09",
    nowWeek: "2026-11-16",
    own,
    others,
    tauSquared: 0,
    ...more,
  });
const calm = (count: number) =>
  Array.from({ length: count }, (_, at) => move(`c${at}`, 40, 40 + (at % 3) - 1));

describe("the effect of an action", () => {
  test("a fall where a fall was wanted is an improvement; a rise is worse", () => {
    expect(followed(move("g1", 48, 36), [])).toMatchObject({
      verdict: "improved",
      level: "E0",
      others: null,
    });
    expect(followed(move("g1", 36, 48), [])).toMatchObject({ verdict: "worse" });
    expect(followed(move("g1", 48, 46), [])).toMatchObject({ verdict: "unchanged" });
  });

  test("what the other groups did too is no effect", () => {
    const others = [1, 2, 3].map((at) => move(`c${at}`, 48, 36 + at - 2));
    const made = followed(move("g1", 48, 36), others);
    expect(made).toMatchObject({ verdict: "unchanged", others: { groups: 3 } });
    expect(made.delta).toBeCloseTo(0, 10);
  });

  test("ordinary moves of the group's weeks widen the interval", () => {
    expect(followed(move("g1", 48, 40), [], { tauSquared: 0 }).verdict).toBe("improved");
    expect(followed(move("g1", 48, 40), [], { tauSquared: 0.01 }).verdict).toBe("unchanged");
  });

  test("what the page does not judge in that week is not judged here: the interval alone", () => {
    const made = followed(move("g1", 48, 36), [], { unjudged: "baseline" });
    expect(made.verdict).toBe("insufficient");
    expect(made.interval).not.toBeNull();
    expect(made.text.zh).toMatch(/95% 区间 .*：基线不足，不下结论。$/);
    expect(followed(move("g1", 48, 36), [], { unjudged: "unsettled" }).text.en).toMatch(
      /: still moving, not judged, no conclusion\.$/,
    );
    // The interval of a move against others is none of the move itself.
    expect(followed(move("g1", 48, 36), calm(3), { unjudged: "baseline" }).text.zh).toMatch(
      /→36.0% \(36\/100\)，比 3 个同类群多变动 −12.0pp（95% 区间 .*）：基线不足，不下结论。$/,
    );
    expect(followed(move("g1", 12, 4, 24), [], { unjudged: "baseline" }).text.zh).toContain("样本不足");
  });

  test("few people: nothing is concluded, and counts stand where percentages would", () => {
    const made = followed(move("g1", 12, 4, 24), []);
    expect(made).toMatchObject({ verdict: "insufficient", interval: null });
    expect(made.text.zh).toContain("12/24→4/24");
    expect(made.text.zh).toContain("样本不足");
  });

  test("E2 needs ten groups among which it stands out, and a level past", () => {
    expect(followed(move("g1", 48, 30), calm(9)).level).toBe("E2");
    expect(followed(move("g1", 48, 30), calm(8)).level).toBe("E0");
    expect(followed(move("g1", 48, 30, 100, [0.2, -0.3]), calm(9)).level).toBe("E0");
    expect(followed(move("g1", 48, 30, 100, []), calm(9)).level).toBe("E0");
  });

  test("the words claim no cause", () => {
    for (const made of [
      followed(move("g1", 48, 30), calm(9)),
      followed(move("g1", 48, 30), calm(3)),
      followed(move("g1", 48, 30), []),
    ])
      expect(made.text.zh).not.toMatch(/导致|带来|使得|因为/);
    expect(followed(move("g1", 48, 30), calm(9)).text.zh).toContain("较强的线索");
    expect(followed(move("g1", 48, 30), []).text.zh).toContain("还不能判断原因");
  });
});

describe("an action with a random holdout", () => {
  const campaign = (more: Partial<Campaign> = {}): Campaign => ({
    id: "c",
    title: "唤醒",
    createdAt: "2026-11-10T00:00:00Z",
    by: "x",
    list: { week: "2026-W45", group: "g1", segment: "dormant", why: null },
    from: "2026-11-10",
    to: "2026-11-23",
    message: "",
    treated: Array.from({ length: 40 }, (_, at) => `t${at}`),
    held: Array.from({ length: 40 }, (_, at) => `h${at}`),
    ...more,
  });
  const action = {
    groupId: "g1",
    week: "2026-11-02",
    baseWeek: "2026-11-02",
    steps: [{ step: "accepted", at: "2026-11-09T00:00:00Z", by: "x", detail: null }],
    suggestion: { expect: [{ measure: "input", id: "dormant", direction: "down" }] },
  } as unknown as Action;
  const measured = (returned: [number, number], campaigns = [campaign()], asOf = "2026-11-24 00:00:00") =>
    holdoutEffect(
      async (_, { people }) => [{ people: 40, returned: returned[String(people).startsWith("t") ? 0 : 1] }],
      campaigns,
      action,
      "2026-11-16",
      asOf,
    );

  test("may say because: N-04 of the handbook", async () => {
    const made = await measured([16, 5]);
    expect(made).toMatchObject({
      level: "E3",
      verdict: "improved",
      was: { numerator: 5 },
      now: { numerator: 16 },
    });
    expect(made?.text.zh).toMatch(
      /^【事实·有对照】因为发了消息：收到的 40 人回来 16 人，没收到的 40 人回来 5 人，差 \+27\.5pp（95% 区间 .*），改善。$/,
    );
  });

  test("a difference within chance claims nothing; fewer back than without it is worse", async () => {
    const even = await measured([6, 5]);
    expect(even).toMatchObject({ level: "E3", verdict: "unchanged" });
    expect(even?.text.zh).not.toContain("因为");
    expect(await measured([2, 16])).toMatchObject({ verdict: "worse" });
  });

  test("only a campaign of the group, drawn after the decision, with people left alone, its days over", async () => {
    expect(await measured([16, 5], [campaign()], "2026-11-23 23:59:59")).toBeNull();
    expect(await measured([16, 5], [campaign({ held: [] })])).toBeNull();
    expect(await measured([16, 5], [campaign({ createdAt: "2026-11-08T00:00:00Z" })])).toBeNull();
    const foreign = campaign({ list: { week: "2026-W45", group: "g2", segment: "dormant", why: null } });
    expect(await measured([16, 5], [foreign])).toBeNull();
  });
});
