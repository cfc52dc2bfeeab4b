import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Database } from "../../src/warehouse/database.ts";
import { createHolidays, holidaysOf } from "../../src/warehouse/holidays.ts";
import { openWorkspace } from "../../src/workspace.ts";

const named = (year: number, zh: string) =>
  holidaysOf(year)
    .filter((one) => one.zh === zh)
    .map(({ day }) => day);

describe("public holidays", () => {
  test("of a year with an official list", () => {
    const spring = named(2026, "春节");
    expect(spring).toContain("2026-02-17");
    // Worked in exchange: a Saturday in a shop's holiday, but no day off.
    expect(spring).not.toContain("2026-02-14");
    expect(holidaysOf(2026).every(({ basis }) => basis === "official")).toBe(true);
  });

  test("of a year without one, from the lunar calendar", () => {
    const days = holidaysOf(2031);
    expect(days.every(({ basis }) => basis === "derived")).toBe(true);
    expect(named(2031, "春节")).toContain("2031-01-23");
    expect(named(2031, "国庆节")).toHaveLength(7);
    expect(named(2031, "中秋")).toEqual(["2031-10-01"]);
  });

  test.each([
    ["", true],
    ["country: GB", false],
    ["country: GB\nholidays: china", true],
    ["holidays: none", false],
  ])("of a workspace with %j: China's %s", async (settings, has) => {
    const root = mkdtempSync(join(tmpdir(), "fupan-test-"));
    writeFileSync(join(root, "fupan.yaml"), settings);
    const database = await Database.open(":memory:");
    await database.run("create schema config");
    await createHolidays(database, openWorkspace(root).config, "2026-11-23T00:00:00");
    const { days } = await database.one("select count(*) > 0 as days from config.holidays");
    expect(days).toBe(has);
    database.close();
    rmSync(root, { recursive: true });
  });
});
