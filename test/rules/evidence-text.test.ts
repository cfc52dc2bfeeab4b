import { expect, test } from "vitest";
import { ownerIn } from "../../src/rules/suggestion.ts";
import { fill, shown, shownSpan } from "../../src/rules/text.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { SQL_ROOT } from "../support/community.ts";

test("a chance that is small is never said to be nought", () => {
  const said = [0, 1e-9, 0.0049, 0.005, 0.69, 4.126, -0.001].map((value) => shown(value, "number"));
  expect(said).toEqual(["0", "<0.01", "<0.01", "0.01", "0.69", "4.13", "0"]);
  expect([shown(0.4, "people"), shown(1e-9, "ratio"), shown(null, "number")]).toEqual(["0", "0%", "—"]);
});

test("a length of time is said as people say it, with its unit", () => {
  const zh = (value: number, unit: "hours" | "minutes" | "days") => shownSpan(value, unit, "zh");
  expect([zh(0.69, "hours"), zh(0.01, "hours"), zh(0, "hours")]).toEqual([
    "41 分钟",
    "不到 1 分钟",
    "0 分钟",
  ]);
  expect([zh(1, "hours"), zh(47.62, "hours")]).toEqual(["1 小时", "47.6 小时"]);
  expect([zh(12, "minutes"), zh(1440, "minutes"), zh(14, "days")]).toEqual(["12 分钟", "24 小时", "14 天"]);
  const en = [0.69, 1 / 60, 1, 1.5].map((value) => shownSpan(value, "hours", "en"));
  expect(en).toEqual(["41 minutes", "1 minute", "1 hour", "1.5 hours"]);
  expect([shownSpan(3, "count", "zh"), shownSpan(null, "hours", "zh")]).toEqual([null, null]);
  const evidence = { gap: { zh: "间隔", en: "gap", unit: "hours" as const } };
  expect(fill({ zh: "只隔 {gap}。", en: "{gap} apart." }, { evidence }, { gap: 0.69 })).toEqual({
    zh: "只隔 41 分钟。",
    en: "41 minutes apart.",
  });
});

test("the unit of a length of time comes from the figure, once", () => {
  for (const { id, header } of readCatalog(SQL_ROOT).rules) {
    const spans = Object.entries(header.evidence).filter(([, { unit }]) => /hours|minutes/.test(unit));
    for (const [name] of spans) {
      const { zh, en } = header.suggestion;
      expect([id, `${zh} ${en}`]).not.toEqual([
        id,
        expect.stringMatching(`\\{${name}\\} ?(小时|分钟|hour|min)`),
      ]);
    }
  }
});

test("who acts is called so in the reader's language; a name that a person entered stays", () => {
  const { rules, ruleOwners } = readCatalog(SQL_ROOT);
  expect(new Set(Object.keys(ruleOwners))).toEqual(new Set(rules.map(({ header }) => header.owner)));
  expect(Object.values(ruleOwners).filter((name) => /\p{Script=Han}/u.test(name))).toEqual([]);
  const role = { zh: "团长", en: "community leader" };
  expect(ownerIn("团长", { role }, "en")).toBe("community leader");
  expect(ownerIn("community leader", { role }, "zh")).toBe("团长");
  expect([ownerIn("小周", { role }, "en"), ownerIn("团长", {}, "en")]).toEqual(["小周", "团长"]);
});

test("no suggestion says a word of the other language", () => {
  for (const { id, header } of readCatalog(SQL_ROOT).rules) {
    const values = Object.fromEntries(Object.keys(header.evidence).map((name) => [name, 1]));
    const { en } = fill(header.suggestion, header, values);
    expect([id, /\p{Script=Han}/u.test(en)]).toEqual([id, false]);
  }
  // What SQL writes into a text stands in both languages, so it is a number or the community's own word.
  const made = readCatalog(SQL_ROOT).rules.filter(({ sql }) =>
    /'[^']*\p{Script=Han}[^']* [a-z]+'/u.test(sql),
  );
  expect(made.map(({ id }) => id)).toEqual([]);
});
