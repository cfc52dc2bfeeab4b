import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { choose } from "../../src/rules/choose.ts";
import { boundIn, checkRuleConfig, thresholds } from "../../src/rules/params.ts";
import { placeholders } from "../../src/rules/text.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { tablesOf } from "../../src/warehouse/plan.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { SQL_ROOT } from "../support/community.ts";
import { Bench, readCases } from "./cases.ts";

const rules = readCatalog(SQL_ROOT).rules;
const files = readCases();
const bench = new Bench();

beforeAll(() => bench.open());
afterAll(() => bench.close());

/** Only what a case names; decimals to three places. */
function trimmed(row: Row, like: Row): Row {
  const round = (value: Row[string] | undefined) =>
    typeof value === "number" && !Number.isInteger(value) ? Math.round(value * 1000) / 1000 : (value ?? null);
  return Object.fromEntries(Object.keys(like).map((key) => [key, round(row[key])]));
}

describe.each(files)("rule $rule", ({ rule: id, cases }) => {
  test.each(cases)("$name", async (one) => {
    const rule = rules.find((other) => other.id === id);
    if (!rule) throw new Error(`there is no rule ${id}`);
    const rows = await bench.run(rule, one);
    expect(rows.map((row, at) => trimmed(row, one.expect[at] ?? row))).toEqual(one.expect);
  });
});

describe("the catalogue of rules", () => {
  test("every rule has a firing and a quiet case", () => {
    const without = rules.filter(({ id }) => {
      const cases = files.find(({ rule }) => rule === id)?.cases ?? [];
      return !cases.some((one) => one.expect.length > 0) || !cases.some((one) => one.expect.length === 0);
    });
    expect(without.map(({ id }) => id)).toEqual([]);
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))("%s says only what it knows", async (_, rule) => {
    const { evidence, params, needs, suggestion, expect: expected, followUp } = rule.header;
    const known = [...Object.keys(evidence), ...Object.keys(params)];
    expect(placeholders(suggestion).filter((name) => !known.includes(name))).toEqual([]);
    expect(needs.filter((name) => !(name in bench.catalog.ruleInputs))).toEqual([]);
    const used = new Set(
      [...`${rule.sql} ${followUp.done ?? ""}`.matchAll(/\$(\w+)/g)].map(([, name = ""]) => name),
    );
    expect(used).toEqual(new Set(Object.keys(params)));
    const inputs = await bench.columns("marts.rule_inputs");
    for (const one of expected)
      expect("kpi" in one ? bench.catalog.kpis.some(({ id }) => id === one.kpi) : inputs.has(one.input)).toBe(
        true,
      );
    if (followUp.done) {
      const defaults = Object.fromEntries(Object.entries(params).map(([name, one]) => [name, one.default]));
      await bench.database.all(
        `select ${followUp.done} as done from marts.rule_inputs`,
        boundIn(followUp.done, defaults),
      );
    }
    if (rule.header.rows) {
      const query = bench.catalog.queries.find(({ id }) => id === rule.header.rows?.query);
      const given = { ...rule.header.rows.params, group_id: "g1", week: "2026-11-09" };
      expect(Object.keys(query?.header.params ?? {})).toEqual(expect.arrayContaining(Object.keys(given)));
      const usual = Object.entries(query?.header.params ?? {}).map(([name, one]) => [name, one.default]);
      const described = await bench.database.all(`describe ${query?.sql}`, {
        ...Object.fromEntries(usual),
        ...given,
      });
      expect(described.map((row) => row["column_name"])).toEqual([
        "happened_at",
        "name",
        "what_zh",
        "what_en",
        "detail_zh",
        "detail_en",
      ]);
    }
    for (const table of await tablesOf(bench.database, rule)) expect(table).toMatch(/^(marts|report)\./);
    // Causes are claimed nowhere but in facts (statistics: what may be said).
    expect(`${suggestion.zh}`).not.toMatch(/导致|带来|使得|因为/);
  });

  test("no week shows that something was done of which nothing is known, or in which there was nothing to do", async () => {
    const numbers = [...(await bench.columns("marts.rule_inputs"))].filter(([, type]) =>
      /INT|DOUBLE/.test(type),
    );
    const doneIn = async (value: "null" | "0") => {
      // A gap, a median or a share of nothing is no number.
      const of = (type: string) => (type.includes("INT") ? value : "null");
      const week = numbers.map(([name, type]) => `${of(type)}::${type} as ${name}`).join(", ");
      const found: string[] = [];
      for (const { id, header } of rules) {
        if (!header.followUp.done) continue;
        const params = Object.entries(header.params).map(([name, one]) => [name, one.default ?? 0.01]);
        const { done } = await bench.database.one(
          `select ${header.followUp.done} as done from (select ${week})`,
          boundIn(header.followUp.done, Object.fromEntries(params)),
        );
        if (done === true) found.push(id);
      }
      return found;
    };
    expect(await doneIn("null")).toEqual([]);
    // Ads, floods, calls and complaints that did not come are what was asked for.
    expect(await doneIn("0")).toEqual([
      "ACT-02",
      "ACT-12",
      "AD-01",
      "AD-05",
      "AD-06",
      "CON-04",
      "NEW-03",
      "NEW-06",
    ]);
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))(
    "%s is silent below its minimum, and each threshold can be another one in one group",
    (id, rule) => {
      const headers = new Map([[id, rule.header]]);
      const outcome = (sample: number) =>
        choose(
          [
            {
              rule: id,
              groupId: "g1",
              week: "2026-11-09",
              sample,
              affected: 50,
              gap: 0.5,
              strength: "clear",
              evidence: {},
              params: {},
            },
          ],
          headers,
          [],
          { perGroup: 5, coolDownWeeks: 2, rejectedWeeks: 8 },
        )[0]?.outcome;
      const least = rule.header.minSample;
      expect(outcome(least)).toBe("shown");
      if (least > 0) expect(outcome(least - 1)).toBe("sample");
      const kinds = ["g1", "g2"].map((groupId) => ({ groupId, kind: null }));
      const params = Object.entries(rule.header.params).map(([name, { default: usual }]) => ({
        name,
        usual,
      }));
      const other = (usual: (typeof params)[number]["usual"]) =>
        typeof usual === "boolean" ? !usual : typeof usual === "string" ? `${usual}x` : (usual ?? 0) + 1;
      const own = Object.fromEntries(params.map(({ name, usual }) => [name, other(usual)]));
      const config = { rules: {}, groups: { g1: { rules: { [id]: own } } } };
      expect(() => checkRuleConfig(rules, config)).not.toThrow();
      const { sets } = thresholds(rule, config, kinds);
      const of = (group: string) =>
        (sets.find(({ groups }) => groups?.includes(group)) ?? sets.find(({ groups }) => groups === null))
          ?.params;
      if (params.length > 0) expect(of("g1")).toEqual(own);
      // Where a number is missing the rule is off in the others.
      const usual = Object.fromEntries(params.map((one) => [one.name, one.usual]));
      expect(of("g2")).toEqual(Object.values(usual).includes(null) ? undefined : usual);
    },
  );

  test("a misspelt rule or threshold in fupan.yaml is named", () => {
    const [rule] = rules.filter(({ header }) => Object.keys(header.params).length > 0);
    const config = (settings: Record<string, false | Record<string, number>>) => ({
      rules: settings,
      groups: {},
    });
    expect(() => checkRuleConfig(rules, config({ "XX-99": false }))).toThrow("rules.XX-99");
    expect(() => checkRuleConfig(rules, config({ [rule?.id ?? ""]: { nonsense: 1 } }))).toThrow("nonsense");
    expect(() => checkRuleConfig(rules, config({ [rule?.id ?? ""]: false }))).not.toThrow();
  });
});
