import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { SQL_ROOT } from "../support/community.ts";

const NEEDED = /macro (wilson_\w+|binomial_tail|poisson_tail|two_sided_p|beta_below|packet_\w+|service_\w+) /;
let database: Database;

beforeAll(async () => {
  database = await Database.open(":memory:");
  for (const statement of readCatalog(SQL_ROOT).macros)
    if (NEEDED.test(statement)) await database.run(statement);
});
afterAll(() => database.close());

const value = async (sql: string) => (await database.one(`select ${sql} as value`))["value"];

describe("statistics in SQL", () => {
  // Oracle values: scipy 1.10.1 (binom.sf, poisson.sf, norm.sf, beta.cdf), statsmodels 0.13.5 (proportion_confint, wilson).
  test.each([
    ["wilson_low(10, 100)", 0.0552291, 6],
    ["wilson_high(10, 100)", 0.1743657, 6],
    ["binomial_tail(3, 10, 0.1)", 0.0701908, 6],
    ["binomial_tail(0, 10, 0.1)", 1, 12],
    ["poisson_tail(3, 1.0)", 0.0803014, 6],
    ["poisson_tail(0, 0.0)", 1, 12],
    ["two_sided_p(1.96)", 0.0499958, 6],
    ["two_sided_p(-1.0)", 0.3173105, 6],
    ["beta_below(0.1, 2.0, 30.0)", 0.8304354, 5],
  ])("%s", async (sql, wanted, digits) => {
    expect(await value(sql)).toBeCloseTo(wanted, digits);
  });

  test("none of n is not above a baseline of nothing, and all of n not below one of all", async () => {
    expect(await value("list_sum([wilson_low(0, n) for n in range(1, 400)])")).toBe(0);
    expect(await value("list_min([wilson_high(n, n) for n in range(1, 400)])")).toBe(1);
  });
});

describe("a red packet that pays for an article", () => {
  test.each([
    ["180 seconds after", "packet_is_fair(180, 50, 20)", true],
    ["180 seconds before", "packet_is_fair(-180, 50, 20)", true],
    ["181 seconds after", "packet_is_fair(181, 50, 20)", false],
    ["49 yuan", "packet_is_fair(60, 49, 20)", false],
    ["19 shares", "packet_is_fair(60, 50, 19)", false],
    [
      "amounts that cannot be read are no breach",
      "packet_is_fair(60, packet_yuan('红包'), packet_shares('红包'))",
      true,
    ],
    [
      "amounts as they are written",
      "packet_is_fair(60, packet_yuan('红包 50元 20份'), packet_shares('红包 50元 20份'))",
      true,
    ],
    [
      "too small as it is written",
      "packet_is_fair(60, packet_yuan('红包 49.5元 20份'), packet_shares('红包 49.5元 20份'))",
      false,
    ],
  ])("%s", async (_, sql, wanted) => {
    expect(await value(sql)).toBe(wanted);
  });
});

describe("two hours of a service from 08:00 to 22:00", () => {
  test.each([
    ["in the day", "2026-11-12 11:00:00", "2026-11-12 13:00:00"],
    ["to its last minute", "2026-11-12 20:00:00", "2026-11-12 22:00:00"],
    ["over a night", "2026-11-12 21:51:00", "2026-11-13 09:51:00"],
    ["from the night", "2026-11-12 23:50:00", "2026-11-13 10:00:00"],
    ["from the small hours", "2026-11-13 00:10:00", "2026-11-13 10:00:00"],
    ["over the week's end", "2026-11-15 21:00:00", "2026-11-16 09:00:00"],
  ])("%s", async (_, from, to) => {
    const hours = "time '08:00', time '22:00'";
    const by = `service_by(service_from(timestamp '${from}', ${hours}), ${hours}, 120)`;
    expect(await value(`(${by})::varchar`)).toBe(to);
  });
});
