import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config.ts";
import { UserError } from "../../src/kit/errors.ts";

function problem(text: string): UserError {
  try {
    parseConfig(text, "fupan.yaml");
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("not refused");
}

describe("fupan.yaml", () => {
  it("has a default for everything", () => {
    expect(parseConfig("", "fupan.yaml")).toMatchObject({
      timezone: "Asia/Shanghai",
      weekStart: "monday",
      memberships: { debounceMinutes: 10 },
    });
  });

  it("names an unknown key, its line and what is allowed", () => {
    const error = problem("community: 一\nsegments:\n  newDays: 7\n  dormantdays: 30\n");
    expect(error.in("zh")).toContain("第 4 行");
    expect(error.in("en")).toMatch(
      /line 4: there is no setting segments\.dormantdays\n.*newDays, dormantDays, repeatDays, activeDays/,
    );
  });

  it("names a bad value, its line and what is allowed", () => {
    expect(problem("timezone: Asia/Shanghai\nweekStart: tuesday\n").in("en")).toMatch(
      /line 2: bad value for weekStart\n.*monday/,
    );
    expect(problem("timezone: Mars/Base\n").in("zh")).toMatch(/第 1 行：timezone[\s\S]*IANA/);
    expect(problem("memberships:\n  debounceMinutes: -1\n").in("en")).toContain(
      "line 2: bad value for memberships.debounceMinutes",
    );
  });

  it("names the place of broken YAML", () => {
    expect(problem("community: [一\n").in("en")).toMatch(/line \d+ column \d+ is not valid YAML/);
  });
});
