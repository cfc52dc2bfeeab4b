import fc from "fast-check";
import { expect, test } from "vitest";
import { matchText, needsMatchText } from "../../src/text/match-text.ts";
import { Database } from "../../src/warehouse/database.ts";
import { createTextFunctions } from "../../src/warehouse/text-functions.ts";

test.each([
  ["优惠券满减", "優惠券滿減", "traditional"],
  ["乾坤与干燥", "乾坤與乾燥", "a phrase keeps its character"],
  ["优惠券满减", "優(yōu)惠(huì)券（quàn）滿減", "pinyin in brackets"],
  ["转让", "转(zhuan)让", "pinyin without tones"],
  ["转让(ok)", "转让(ok)", "letters that are no pinyin"],
  ["?业团队", "?zhuān)業團隊", "a damaged bracket leaves its mark"],
  ["ABC123", "ＡＢＣ１２３", "full width"],
  ["今天，好！", "今天，好！", "punctuation stays"],
  ["加微信", "加\u200b微\u200d信\ufeff", "hidden characters"],
  ["贵贵贵！！！", "贵贵贵贵贵！！！！！", "held down"],
  ["100000元", "100000元", "digits are not held down"],
  ["https://a.example/aaaaaa，好好好", "https://a.example/aaaaaa，好好好好好", "addresses stay"],
  ["@小林\u2005你好", "@小林\u2005你好", "a mention's blank stays"],
  ["[捂脸]", "[捂脸]", "emoji names stay"],
])("%s", (matched, text) => {
  expect(matchText(text)).toBe(matched);
});

test("a long text goes another way and comes out the same", () => {
  const text = "優惠！！！！！".repeat(1000);
  expect(matchText(text)).toBe("优惠！！！".repeat(1000));
});

test("matching twice changes nothing, and the engine's pattern finds every text that changes", async () => {
  const database = await Database.open(":memory:");
  try {
    await createTextFunctions(database);
    const pieces = fc.constantFrom(
      ..."优惠優轉乾坤後１Ａ(yōu)（ok)！！！！哈哈哈哈?zhuān)\u200b\u2005\u00a0①ｶﾞ😊 .1，，",
    );
    const bmp = fc
      .integer({ min: 0x20, max: 0xffff })
      .filter((unit) => unit < 0xd800 || unit > 0xdfff)
      .map((unit) => String.fromCharCode(unit));
    const texts = fc.sample(
      fc.oneof(fc.string({ unit: pieces, maxLength: 12 }), fc.string({ unit: bmp, maxLength: 8 })),
      { numRuns: 2000, seed: 7 },
    );
    // What is left of two removed brackets can form new runs, so the property is about one pass of the pattern.
    const rows = await database.all(
      "select text, match_text(text) as matched from (select unnest($texts::json::varchar[]) as text)",
      { texts: JSON.stringify(texts.filter((text) => !text.includes("\0"))) },
    );
    expect(rows.length).toBeGreaterThan(1900);
    const pattern = needsMatchText();
    expect(pattern.length).toBeGreaterThan(3000);
    // In SQL as in JavaScript, but for runs of characters that nobody holds down (docs/labels.md).
    const differ = rows.filter((row) => {
      const wanted = matchText(String(row["text"]));
      return row["matched"] !== wanted && !/([^\d\s])\1{3}/u.test(String(row["text"]));
    });
    expect(differ).toEqual([]);
  } finally {
    database.close();
  }
});
