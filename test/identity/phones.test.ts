import fc from "fast-check";
import parsePhone from "libphonenumber-js/max";
import { describe, expect, it } from "vitest";
import { macros } from "../../src/ingest/macros.ts";
import { phoneOf } from "../../src/ingest/phones.ts";
import { Database } from "../../src/warehouse/database.ts";
import { Community, csv } from "../support/community.ts";

describe("phone numbers", () => {
  it.each([
    ["020 7946 0018", "GB", "+442079460018"],
    ["+44 (0)20 7946 0018", "CN", "+442079460018"],
    ["0044 20 7946 0018", "CN", "+442079460018"],
    ["(201) 555-0123", "US", "+12015550123"],
    ["+852 5123 4567", "CN", "+85251234567"],
    ["'+442079460018", "CN", "+442079460018"],
    [" 199 0000 0001 ", "CN", "+8619900000001"],
    ["010-12345678", "CN", null],
    ["199****0001", "CN", null],
    ["12345", "CN", null],
    ["+999 123 456 789", "CN", null],
    ["微信联系", "CN", null],
  ])("%s in %s is %s", (raw, country, wanted) => {
    expect(phoneOf(raw, country)).toBe(wanted);
  });

  it("the macro writes mainland numbers as the library does", async () => {
    const database = await Database.open(":memory:");
    for (const macro of macros("secret", "Asia/Shanghai")) await database.run(macro);
    const cell = fc
      .record({
        second: fc.integer({ min: 0, max: 9 }),
        rest: fc.integer({ min: 0, max: 999_999_999 }),
        lead: fc.constantFrom("", "+86", "86", "+86 ", "(+86) "),
        gap: fc.constantFrom("", " ", "-"),
      })
      .map(({ second, rest, lead, gap }) => {
        const digits = `1${second}${String(rest).padStart(9, "0")}`;
        return `${lead}${digits.slice(0, 3)}${gap}${digits.slice(3, 7)}${gap}${digits.slice(7)}`;
      });
    const cells = fc.sample(cell, { numRuns: 500, seed: 20_261_116 });
    const rows = await database.all(
      `select x, phone_number(x) as made from (values ${cells.map((x) => `('${x}')`).join(", ")}) as t (x)`,
    );
    database.close();
    expect(rows).toHaveLength(500);
    for (const { x, made } of rows) {
      const parsed = parsePhone(String(x), "CN");
      const isMobile = /^1[3-9]\d{9}$/.test(parsed?.nationalNumber ?? "");
      expect([x, made]).toEqual([x, isMobile ? parsed?.number : null]);
    }
  });

  it("two ways to write a foreign number are one key", async () => {
    const community = new Community("country: GB\n");
    try {
      const orders = ["020 7946 0018", "+44 20 7946 0018", "0044 (0)20 7946-0018", "19900000001"].map(
        (phone, at) => ({ order_id: `o${at}`, paid_at: "2026-11-10 12:00:00", amount: 5, phone }),
      );
      await community.import("orders.csv", csv(orders));
      const rows = await community.lake((database) =>
        database.all(
          "select count(distinct phone_key) as keys, list_sort(list(distinct phone)) as phones from lake.contacts",
        ),
      );
      expect(rows).toEqual([{ keys: 2, phones: ["+442079460018", "+8619900000001"] }]);
    } finally {
      community.remove();
    }
  });
});
