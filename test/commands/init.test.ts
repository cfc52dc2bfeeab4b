import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { regionOf } from "../../src/commands/region.ts";
import { Shell } from "./cli.ts";

const shell = new Shell();
afterAll(() => shell.remove());

it("says whose midnight begins the week, and what money counts", () => {
  const { out } = shell.fupan("init", "zh");
  expect(out).toContain("一周从 Asia/Shanghai 的零点算起，金额只计 CNY");
});

it("a workspace in English begins its weeks where the machine stands", () => {
  const { out } = shell.inZone("Europe/London", "--lang", "en", "init", "en");
  expect(out).toContain("midnight in Europe/London, and amounts count in GBP");
  const settings = readFileSync(join(shell.root, "en", "fupan.yaml"), "utf8");
  expect(settings).toMatch(/^timezone: Europe\/London {2,}#/m);
  expect(settings).toMatch(/^language: en /m);
  // The zone tells the country and its money: phone numbers without a code are of it, and its weeks have no Double Eleven.
  expect(settings).toMatch(/^currency: GBP$/m);
  expect(settings).toMatch(/^country: GB {2,}#/m);
});

it("a workspace in English where the zone tells no country has no holidays of China", () => {
  const { out } = shell.inZone("UTC", "--lang", "en", "init", "utc");
  expect(out).toContain("midnight in UTC, and amounts count in CNY: if that is wrong, change");
  const settings = readFileSync(join(shell.root, "utc", "fupan.yaml"), "utf8");
  expect(settings).toMatch(/^# country: CN .*\nholidays: none {2,}#/m);
});

it("a workspace in English in China is in China", () => {
  const { out } = shell.inZone("Asia/Shanghai", "--lang", "en", "init", "cn");
  expect(out).toContain("midnight in Asia/Shanghai, and amounts count in CNY");
  const settings = readFileSync(join(shell.root, "cn", "fupan.yaml"), "utf8");
  expect(settings).toMatch(/^country: CN {2,}#/m);
  expect(settings).not.toMatch(/^holidays/m);
});

it.each([
  ["America/New_York", "US", "USD"],
  ["Europe/Berlin", "DE", "EUR"],
  ["Asia/Hong_Kong", "HK", "HKD"],
  ["UTC", undefined, undefined],
])("%s is of one country, or of none", (timezone, country, currency) => {
  expect(regionOf(timezone)).toEqual(country && { country, currency });
});
