import { describe, expect, it } from "vitest";
import { outcomeOf } from "../../src/campaigns/outcome.ts";
import type { Campaign } from "../../src/campaigns/store.ts";

const campaign = (treated: number, held: number): Campaign => ({
  id: "0123456789",
  title: "唤醒",
  createdAt: "2026-11-02T08:00:00Z",
  by: "local",
  list: { week: "2026-W44", group: "*", segment: "dormant", why: null },
  from: "2026-11-02",
  to: "2026-11-08",
  message: "",
  treated: Array.from({ length: treated }, (_, at) => `t${at}`),
  held: Array.from({ length: held }, (_, at) => `h${at}`),
});

type Asked = Record<string, unknown>;
/** Answers as the query would: how many of each side returned. */
const answers =
  (returned: { t: number; h: number }, asked: Asked[] = []) =>
  async (_name: string, params: Asked) => {
    asked.push(params);
    const side = String(params["people"]).startsWith("t") ? "t" : "h";
    return [{ people: 0, returned: returned[side], spoke: returned[side], bought: 1, value: 20 }];
  };

describe("what a campaign brought", () => {
  it("is the share that returned, less that of those left alone", async () => {
    const asked: Asked[] = [];
    const made = await outcomeOf(answers({ t: 24, h: 2 }, asked), campaign(80, 20), "2026-11-30");
    expect(made).toMatchObject({ over: true, until: "2026-11-08" });
    // 24 of 80 are 30 %, 2 of 20 are 10 %: 20 points, which is 16 of the 80.
    expect(made.lift).toBeCloseTo(0.2, 12);
    expect(made.extra).toBeCloseTo(16, 12);
    const [low, high] = made.interval ?? [Number.NaN, Number.NaN];
    expect(low).toBeLessThan(0.2);
    expect(high).toBeGreaterThan(0.2);
    expect(made.treated).toEqual({ people: 80, returned: 24, spoke: 24, bought: 1, value: 20 });
    expect(asked.map(({ from, to }) => [from, to])).toEqual([
      ["2026-11-02", "2026-11-08"],
      ["2026-11-02", "2026-11-08"],
    ]);
  });

  it("a loss is one: those left alone may return more often", async () => {
    const { lift, extra } = await outcomeOf(answers({ t: 8, h: 4 }), campaign(80, 20), "2026-11-30");
    expect(lift).toBeCloseTo(-0.1, 12);
    expect(extra).toBeCloseTo(-8, 12);
  });

  it("while it runs, the days that the data covers count", async () => {
    const asked: Asked[] = [];
    const made = await outcomeOf(answers({ t: 1, h: 0 }, asked), campaign(10, 5), "2026-11-04");
    expect(made).toMatchObject({ over: false, until: "2026-11-04" });
    expect(asked[0]?.["to"]).toBe("2026-11-04");
    expect(await outcomeOf(answers({ t: 1, h: 0 }), campaign(10, 5), "2026-11-08")).toMatchObject({
      over: true,
    });
  });

  it.each([
    ["nobody was left alone", campaign(10, 0), "2026-11-30"],
    ["nobody was written to", campaign(0, 10), "2026-11-30"],
    ["it has not begun", campaign(10, 10), "2026-11-01"],
  ])("%s: nothing is claimed", async (_what, one, asOf) => {
    const made = await outcomeOf(answers({ t: 3, h: 3 }), one, asOf);
    expect([made.lift, made.interval, made.extra]).toEqual([null, null, null]);
  });
});
