import { z } from "zod";
import { bilingual } from "../warehouse/bilingual.ts";

const value = z.union([z.number(), z.string(), z.boolean(), z.null()]);

/** `[中文, English, unit]`: how a column of evidence is called and printed. */
const evidence = z
  .tuple([
    z.string(),
    z.string(),
    z.enum(["count", "people", "ratio", "money", "hours", "minutes", "days", "number", "date", "text"]),
  ])
  .transform(([zh, en, unit]) => ({ zh, en, unit }));

/**
 * What a rule file says of itself. Its SELECT answers `group_id, week, sample`, optionally `affected` (members
 * concerned), `gap` (how far over the line, as a share of it) and `strength` (clear | possible), and the evidence.
 */
export const ruleHeader = z.strictObject({
  title: bilingual,
  /** When it fires, in words. */
  description: bilingual,
  severity: z.enum(["urgent", "act", "watch"]),
  /** Role that acts; its English name is in sql/rules/owners.yaml. */
  owner: z.string().min(1),
  /** Two suggestions with one root cause never stand in one list. */
  rootCause: z.string().min(1),
  cost: z.enum(["low", "medium", "high"]).default("low"),
  /** Where once a fortnight is too often: what is true for months is no news. */
  coolDownWeeks: z.number().int().min(1).max(52).optional(),
  /** Fires on the data itself: the group's other suggestions are then shown greyed. */
  gate: z.boolean().default(false),
  /** Rests on words found in texts: a person looks before acting. */
  tick: z.boolean().default(false),
  /** Acted on by a campaign that leaves some people alone by lot: its result is the effect. */
  holdout: z.boolean().default(false),
  /** Thresholds. A default of null is unset: the rule is off until someone enters a number. */
  params: z
    .record(
      z.string(),
      z.strictObject({
        default: value,
        zh: z.string(),
        en: z.string(),
        /** Other defaults for kinds of groups. */
        kinds: z.record(z.string(), value).default({}),
      }),
    )
    .default({}),
  /** Rows of evidence (`sample`) under which the rule is silent. */
  minSample: z.number().min(0).default(0),
  /** Inputs (sql/rules/inputs.yaml) without which the rule is off. */
  needs: z.array(z.string()).default([]),
  evidence: z.record(z.string(), evidence),
  /** The single cases behind the numbers: a query of sql/queries that answers `happened_at, name, what_zh, what_en, detail`. */
  rows: z
    .strictObject({ query: z.string(), params: z.record(z.string(), z.string()).default({}) })
    .optional(),
  /** What a text says in the place of a column of evidence that has no value. */
  without: z.record(z.string(), bilingual).default({}),
  /** Texts with `{column}` and `{param}`. */
  suggestion: z.strictObject({ zh: z.string(), en: z.string() }),
  /** What should move, the measured one first: a KPI, or a column of marts.rule_inputs. */
  expect: z.array(
    z.union([
      z.strictObject({ kpi: z.string(), direction: z.enum(["up", "down"]) }),
      z.strictObject({
        input: z.string(),
        direction: z.enum(["up", "down"]),
        zh: z.string(),
        en: z.string(),
      }),
    ]),
  ),
  followUp: z.strictObject({
    weeks: z.number().int().min(1).max(12),
    zh: z.string(),
    en: z.string(),
    /** SQL over marts.rule_inputs of a later week: true = the log shows that it was done. */
    done: z.string().optional(),
  }),
  sources: z.array(z.string().regex(/^[A-Z]\d?-\d+$/)).min(1),
  falsePositives: bilingual,
});

export type RuleHeader = z.infer<typeof ruleHeader>;
export type ParamValue = z.infer<typeof value>;

/** `sql/rules/inputs.yaml`: what a rule may need, and the table that is empty without it. */
export const ruleInputs = z.record(
  z.string(),
  z.strictObject({
    table: z.string().regex(/^(marts|report)\.\w+$/),
    where: z.string().optional(),
    zh: z.string(),
    en: z.string(),
  }),
);
/** `sql/rules/owners.yaml`: the English name of each role that acts. */
export const ruleOwners = z.record(z.string(), z.string().min(1));
export type RuleInputs = z.infer<typeof ruleInputs>;
