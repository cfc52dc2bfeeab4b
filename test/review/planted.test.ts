import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Review } from "../../src/review/types.ts";
import { type Demo, makeDemo } from "../support/demo.ts";

/** What the generator planted must be found by the review, and what it did not plant must not be. */
describe("planted effects of the demo", () => {
  let demo: Demo;
  const reviews = new Map<string, Review>();
  beforeAll(async () => {
    demo = await makeDemo();
    for (const week of ["2026-W45", "2026-W46", "2026-W47"]) {
      const review = await demo.source.read((generation) => generation.review({ week }));
      if (review) reviews.set(week, review);
    }
  });
  afterAll(() => demo.remove());

  const lineOf = (group: string, week: string, kpi: string) =>
    reviews.get(week)?.groups.find(({ groupId }) => groupId === group)?.kpis[kpi];

  it("imports every file by the importer that its exporter stands for, and loses no row", () => {
    const names = new Map(demo.plan.files.map(({ path, importer }) => [`inbox/${path}`, importer]));
    expect(demo.imports.files.map(({ path, importer }) => [path, importer])).toEqual(
      demo.imports.files.map(({ path }) => [path, names.get(path)]),
    );
    for (const { read, accepted, duplicate, rejected } of demo.imports.files)
      expect(read).toBe(accepted + duplicate + rejected);
    expect(demo.imports.totals).toMatchObject({ failed: 0, rejected: 0 });
  });

  it("opens on the newest complete week", async () => {
    const review = await demo.source.read((generation) => generation.review({}));
    expect(review?.week).toBe("2026-W47");
    expect(review?.weeks.filter(({ complete }) => complete)).toHaveLength(26);
  });

  it("finds each planted effect in its group and week, in its direction", () => {
    const local = demo.plan.planted.filter(({ group }) => group !== "*");
    expect(local.length).toBeGreaterThanOrEqual(4);
    for (const { group, week, kpi, direction } of local) {
      const line = lineOf(group, week, kpi);
      expect([kpi, week, line?.strength]).toEqual([kpi, week, "clear"]);
      expect(Math.sign(line?.delta ?? 0)).toBe(direction === "up" ? 1 : -1);
    }
  });

  it("shows a promotion of all groups above the weeks before, early ones without a verdict", async () => {
    const promotions = demo.plan.planted.filter(({ group }) => group === "*");
    const rows = await demo.source.read((generation) =>
      generation.kpis({ kpi: "conversion_rate", group: "*" }),
    );
    const weekly = (rows ?? []).filter(
      ({ segment, week }) => segment === "*" && String(week) <= "2026-11-16",
    );
    const labels = demo.plan.weeks;
    const pointOf = (label: string) =>
      Number(weekly.find(({ week }) => week === labels.find((one) => one.week === label)?.from)?.["value"]);
    expect(promotions.length).toBeGreaterThan(0);
    for (const { week } of promotions) {
      const at = labels.findIndex((one) => one.week === week);
      // The median: a camp of one group may stand among the four weeks before.
      const month = labels
        .slice(Math.max(0, at - 4), at)
        .map((one) => pointOf(one.week))
        .sort((a, b) => a - b);
      expect([week, pointOf(week) > (month[Math.floor((month.length - 1) / 2)] ?? 1)]).toEqual([week, true]);
    }
    const early = await demo.source.read((generation) => generation.review({ week: "2026-W24" }));
    expect(early?.kpis.find(({ id }) => id === "conversion_rate")).toMatchObject({
      verdict: "insufficient",
      reason: "baseline",
    });
  });

  it("calls nothing clear in the current week that was not planted", () => {
    const week = "2026-W47";
    const planted = new Set(
      demo.plan.planted.filter((one) => one.week === week).map(({ group, kpi }) => `${group} ${kpi}`),
    );
    const rates = ["activity_rate", "conversion_rate", "churn_rate", "repurchase_rate"];
    const found = (reviews.get(week)?.groups ?? []).flatMap(({ groupId, kpis }) =>
      rates.filter((kpi) => kpis[kpi]?.strength === "clear").map((kpi) => `${groupId} ${kpi}`),
    );
    expect(found.filter((one) => !planted.has(one))).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
  });

  it("says each thing once: another reading of a KPI makes no sentence", () => {
    for (const { kpis, conclusions } of reviews.values()) {
      const variants = new Set(kpis.filter(({ variantOf }) => variantOf !== null).map(({ id }) => id));
      expect(variants.size).toBeGreaterThan(3);
      expect(conclusions.filter(({ kpi }) => kpi !== null && variants.has(kpi))).toEqual([]);
    }
  });

  it("names the group of the ad burst in its first sentence", () => {
    const burst = demo.plan.planted.find(({ kpi, week }) => kpi === "churn_rate" && week === "2026-W47");
    const group = demo.plan.groups.find(({ id }) => id === burst?.group);
    expect(reviews.get("2026-W47")?.conclusions[0]?.text.zh).toContain(group?.name);
  });

  it("explains the planted changes by their group, and names what was done there first", () => {
    const first = (week: string, kpi: string) => {
      const explained = reviews.get(week)?.decomposition[kpi];
      return [
        explained?.dimensions[0]?.id,
        explained?.causes[0]?.action,
        explained?.causes[0]?.groups.length,
      ];
    };
    expect(first("2026-W47", "churn_rate")).toEqual(["group", "ad", 1]);
    expect(first("2026-W47", "activity_rate")).toEqual(["group", "event_topic", 1]);
    expect(first("2026-W45", "conversion_rate")).toEqual(["group", "event_live", 1]);
    expect(first("2026-W46", "newcomer_7d")).toEqual(["group", "welcome", 1]);
  });

  it("lists the members who bought often and fell silent", async () => {
    const review = reviews.get("2026-W47");
    const lapsed =
      review?.dormant.rows.filter(({ why, orders }) => why === "lapsed_buyer" && (orders ?? 0) >= 3) ?? [];
    expect(lapsed.length).toBeGreaterThanOrEqual(demo.plan.dormantBuyers.length * 0.8);
  });

  it("keeps stocks and flows in balance and persons apart from person-times", () => {
    for (const review of reviews.values()) {
      const { stock, flows } = review.segments;
      for (const { segment, persons, previous } of stock) {
        const into = flows.filter(({ to }) => to === segment).reduce((sum, one) => sum + one.persons, 0);
        const outOf = flows.filter(({ from }) => from === segment).reduce((sum, one) => sum + one.persons, 0);
        expect([segment, into, outOf]).toEqual([segment, persons, previous]);
      }
      expect(stock.reduce((sum, { persons }) => sum + (persons ?? 0), 0)).toBe(review.members);
      const times = review.groups.reduce((sum, { members }) => sum + members, 0);
      expect(times).toBeGreaterThan(review.members);
    }
  });
});
