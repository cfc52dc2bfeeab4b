import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { boundIn, checkRuleConfig } from "../../src/rules/params.ts";
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
    for (const table of await tablesOf(bench.database, rule)) expect(table).toMatch(/^(marts|report)\./);
    // Causes are claimed nowhere but in facts (statistics: what may be said).
    expect(`${suggestion.zh}`).not.toMatch(/导致|带来|使得|因为/);
  });

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
