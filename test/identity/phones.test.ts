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
    ["+1 555 010 0199", "CN", "+15550100199"],
    ["+31600000001", "CN", "+31600000001"],
    ["5550100199", "US", null],
    ["+1 555 01", "CN", null],
    ["+86 138 0000 0001", "CN", "+8613800000001"],
    ["0086 138-0000-0001", "CN", "+8613800000001"],
    ["(86)13800000001", "CN", "+8613800000001"],
    ["１３８０００００００１", "CN", "+8613800000001"],
    ["＋８６１３８０００００００１", "CN", "+8613800000001"],
    ["\u202d13800000001\u202c", "CN", "+8613800000001"],
    ["17951 13800000001", "CN", "+8613800000001"],
    ["1259313800000001", "CN", "+8613800000001"],
    ["013800000001", "CN", "+8613800000001"],
    ["张三 13800000001", "CN", "+8613800000001"],
    ["13800000001（微信同号）", "CN", "+8613800000001"],
    ["13800000001.0", "CN", "+8613800000001"],
    ["1.3800000001E10", "CN", "+8613800000001"],
    ["1.38123456E10", "CN", "+8613812345600"],
    ["1.38E+10", "CN", null],
    ["1.38E10", "CN", null],
    ["1.38123E+10", "CN", null],
    ["1380000000转1", "CN", null],
    ["13800000001转8001", "CN", null],
    ["13800000001-8001", "CN", null],
    ["13800000001[4365]", "CN", null],
    ["13800000001 ext 8", "CN", null],
    ["13800000001/13900000002", "CN", null],
    ["13800000001、13900000002", "CN", null],
    ["13800000001 13900000002", "CN", null],
    ["199＊＊＊＊0001", "CN", null],
    ["199xxxx0001", "CN", null],
    ["0571-88888888", "CN", null],
    ["400-800-8888", "CN", null],
    ["12345678901", "CN", null],
    ["852-5123-4567", "CN", "+85251234567"],
    ["85366123456", "CN", "+85366123456"],
    ["886912345678", "CN", "+886912345678"],
    ["85221234567", "CN", null],
    ["5123 4567", "CN", null],
    ["5123 4567", "HK", "+85251234567"],
    ["0912345678", "TW", "+886912345678"],
    ["0912345678", "CN", null],
    ["85251234567", "US", null],
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

  it("what is no number stays none, however many digits the text has, and one that lost its digits is told of", async () => {
    const community = new Community();
    const phones = [
      "1380000000转1",
      "1.38123456E10",
      "1.38E+10",
      "010-12345678",
      "199****0001",
      "13800000001 ext 8",
    ];
    try {
      const orders = phones.map((phone, at) => ({
        order_id: `o${at}`,
        paid_at: "2026-11-10 12:00:00",
        amount: 5,
        phone,
      }));
      const result = await community.import("orders.csv", csv(orders));
      expect(result).toMatchObject({ accepted: phones.length, rejected: 0 });
      expect(result.issues.map(({ line, column, code }) => [line, column, code])).toEqual([
        [phones.indexOf("1.38E+10") + 2, "phone", "phone_resaved_by_spreadsheet"],
      ]);
      const rows = await community.lake((lake) =>
        lake.all("select distinct phone from lake.contacts where phone is not null"),
      );
      expect(rows).toEqual([{ phone: "+8613812345600" }]);
    } finally {
      community.remove();
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
