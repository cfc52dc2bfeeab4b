import { QueryError } from "../kit/errors.ts";
import type { Catalog } from "../warehouse/catalog.ts";
import { type Database, literal } from "../warehouse/database.ts";
import type { Model } from "../warehouse/model.ts";
import type { Row } from "../warehouse/rows.ts";
import type { ParamValue } from "./header.ts";
import type { GroupKind, RuleConfig } from "./params.ts";
import { boundIn, thresholds } from "./params.ts";

/** One week in which one rule fired for one group. */
export interface Hit {
  rule: string;
  groupId: string;
  week: string;
  /** Rows that the finding rests on. */
  sample: number;
  /** Members concerned; the sample where the rule does not say. */
  affected: number;
  /** How far over the line, 0 … 1. */
  gap: number;
  strength: "clear" | "possible";
  evidence: Row;
  params: Record<string, ParamValue>;
}

/** Why a rule says nothing: switched off, a number or an input missing. Null = on. */
export interface RuleStatus {
  rule: string;
  status: "on" | "disabled" | "unset" | "no_input";
  missing: string[];
}

const OWN = new Set(["group_id", "week", "sample", "affected", "gap", "strength"]);

/**
 * Runs every rule over the weeks from `since` on.
 * @throws QueryError naming the rule's file when its SELECT fails or does not answer what its header says.
 */
export async function fire(
  database: Database,
  catalog: Pick<Catalog, "rules" | "ruleInputs">,
  config: RuleConfig,
  groups: readonly GroupKind[],
  since: string,
): Promise<{ hits: Hit[]; statuses: RuleStatus[] }> {
  const missing = await missingInputs(database, catalog);
  const hits: Hit[] = [];
  const statuses: RuleStatus[] = [];
  for (const rule of catalog.rules) {
    const { sets, off, unset, disabled } = thresholds(rule, config, groups);
    const lacks = rule.header.needs.filter((name) => missing.has(name));
    const status = disabled ? "disabled" : unset.length > 0 ? "unset" : lacks.length > 0 ? "no_input" : "on";
    statuses.push({ rule: rule.id, status, missing: status === "unset" ? unset : lacks });
    if (status !== "on") continue;
    const others = [...off, ...sets.flatMap((set) => set.groups ?? [])];
    for (const set of sets) {
      const scope = set.groups
        ? `group_id in (${set.groups.map(literal).join(", ")})`
        : others.length > 0
          ? `group_id not in (${others.map(literal).join(", ")})`
          : "true";
      const rows = await select(database, rule, set.params, `${scope} and week >= ${literal(since)}::date`);
      hits.push(...rows.map((row) => toHit(rule, row, set.params)));
    }
  }
  return { hits, statuses };
}

async function select(
  database: Database,
  rule: Model<"rules">,
  params: Record<string, ParamValue>,
  where: string,
): Promise<Row[]> {
  try {
    return await database.all(
      `select * from (\n${rule.sql}\n) as fired where ${where} order by week, group_id`,
      boundIn(rule.sql, params),
    );
  } catch (cause) {
    // The wrapping line stands before the rule's own.
    throw new QueryError(`sql/${rule.path}`, rule.sql, cause, rule.line - 1);
  }
}

/** The form of a row is part of what the header promises. @throws QueryError when it does not hold. */
export function toHit(rule: Model<"rules">, row: Row, params: Record<string, ParamValue>): Hit {
  const wrong = (why: string) => new QueryError(`sql/${rule.path}`, rule.sql, new Error(why));
  const evidence = Object.fromEntries(Object.entries(row).filter(([name]) => !OWN.has(name)));
  const wanted = Object.keys(rule.header.evidence);
  const undescribed = Object.keys(evidence).filter((name) => !wanted.includes(name));
  const gone = wanted.filter((name) => !(name in evidence));
  if (undescribed.length > 0)
    throw wrong(`columns that evidence does not describe: ${undescribed.join(", ")}`);
  if (gone.length > 0) throw wrong(`evidence that the SELECT does not answer: ${gone.join(", ")}`);
  const sample = Number(row["sample"]);
  if (row["group_id"] === null || row["week"] === null || Number.isNaN(sample))
    throw wrong("group_id, week and sample must be there in every row");
  return {
    rule: rule.id,
    groupId: String(row["group_id"]),
    week: String(row["week"]),
    sample,
    affected: Math.max(1, Number(row["affected"] ?? sample)),
    gap: Math.min(1, Math.max(0.05, Number(row["gap"] ?? 0.5))),
    strength: row["strength"] === "possible" ? "possible" : "clear",
    evidence,
    params,
  };
}

async function missingInputs(
  database: Database,
  { ruleInputs }: Pick<Catalog, "ruleInputs">,
): Promise<Set<string>> {
  const missing = new Set<string>();
  for (const [name, { table, where }] of Object.entries(ruleInputs)) {
    const { there } = await database.one(`select exists (from ${table} where ${where ?? "true"}) as there`);
    if (there !== true) missing.add(name);
  }
  return missing;
}
