import { UserError } from "../kit/errors.ts";
import type { Model } from "../warehouse/model.ts";
import type { ParamValue } from "./header.ts";

type Rule = Pick<Model<"rules">, "id" | "header">;

/** What fupan.yaml says of rules, for the workspace or one group: switched off, or other thresholds. */
export type RuleSettings = Readonly<Record<string, false | Readonly<Record<string, ParamValue>>>>;

export interface RuleConfig {
  rules: RuleSettings;
  groups: Readonly<Record<string, { rules?: RuleSettings | undefined }>>;
}

export interface GroupKind {
  groupId: string;
  kind: string | null;
}

/** Groups that a rule judges with the same thresholds; `groups` null = every other group and "*". */
export interface ParamSet {
  params: Record<string, ParamValue>;
  groups: string[] | null;
}

export interface Thresholds {
  sets: ParamSet[];
  /** Groups for which fupan.yaml switches the rule off. */
  off: string[];
  /** Parameters that nobody has set: without them the rule is off. */
  unset: string[];
  /** Switched off for the whole workspace. */
  disabled: boolean;
}

/** Thresholds of one rule: the rule's own, its kind's, the workspace's, the group's; the last one that is set holds. */
export function thresholds(rule: Rule, config: RuleConfig, groups: readonly GroupKind[]): Thresholds {
  const { params } = rule.header;
  const everywhere = config.rules[rule.id];
  const base = defaults(rule, null, everywhere);
  const unset = Object.keys(params).filter((name) => base[name] === null);
  const off: string[] = [];
  const own = new Map<string, ParamSet>();
  for (const { groupId, kind } of groups) {
    const here = config.groups[groupId]?.rules?.[rule.id];
    if (here === false) {
      off.push(groupId);
      continue;
    }
    const values = { ...defaults(rule, kind, everywhere), ...(here ?? {}) };
    const key = JSON.stringify(values);
    if (key === JSON.stringify(base)) continue;
    const set = own.get(key) ?? { params: values, groups: [] };
    set.groups?.push(groupId);
    own.set(key, set);
  }
  const complete = [...own.values()].filter(({ params: values }) => !Object.values(values).includes(null));
  const sets = unset.length > 0 ? complete : [{ params: base, groups: null }, ...complete];
  return { sets, off, unset: sets.length > 0 ? [] : unset, disabled: everywhere === false };
}

function defaults(rule: Rule, kind: string | null, everywhere: RuleSettings[string] | undefined) {
  const own = Object.entries(rule.header.params).map(([name, { default: value, kinds }]) => [
    name,
    (kind === null ? undefined : kinds[kind]) ?? value,
  ]);
  return { ...Object.fromEntries(own), ...(everywhere || {}) } as Record<string, ParamValue>;
}

/** @throws UserError for a rule or a parameter in fupan.yaml that does not exist. */
export function checkRuleConfig(rules: readonly Rule[], config: RuleConfig): void {
  const known = new Map(rules.map(({ id, header }) => [id, Object.keys(header.params)]));
  const places: [string, RuleSettings][] = [["rules", config.rules]];
  for (const [id, group] of Object.entries(config.groups))
    if (group.rules) places.push([`groups.${id}.rules`, group.rules]);
  for (const [place, settings] of places) {
    for (const [id, values] of Object.entries(settings)) {
      const params = known.get(id);
      if (!params)
        throw unknown(`${place}.${id}`, "没有这条规则", "there is no such rule", [...known.keys()]);
      for (const name of Object.keys(values || {}))
        if (!params.includes(name))
          throw unknown(
            `${place}.${id}.${name}`,
            "这条规则没有这个参数",
            "the rule has no such parameter",
            params,
          );
    }
  }
}

function unknown(place: string, zh: string, en: string, allowed: readonly string[]): UserError {
  return new UserError(
    { zh: `fupan.yaml 里的 ${place}：${zh}`, en: `fupan.yaml, ${place}: ${en}` },
    { hint: { zh: `可以写：${allowed.join("、")}`, en: `Allowed: ${allowed.join(", ")}` } },
  );
}

/** The parameters that a piece of SQL names: DuckDB takes no others. */
export function boundIn(
  sql: string,
  params: Readonly<Record<string, ParamValue>>,
): Record<string, ParamValue> {
  return Object.fromEntries(Object.entries(params).filter(([name]) => new RegExp(`\\$${name}\\b`).test(sql)));
}
