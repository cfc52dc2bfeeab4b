import { readFileSync } from "node:fs";
import { basename, relative } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { QueryError } from "../kit/errors.ts";
import { ruleHeader } from "../rules/header.ts";
import { bilingual } from "./bilingual.ts";

const common = { title: bilingual, description: bilingual };
const stored = {
  ...common,
  grain: z.array(z.string()).min(1).optional(),
  /** A model with the same grain, built from this one row for row: a double would show there, so it is checked once. */
  grainCheckedBy: z.string().optional(),
  columns: z.record(z.string(), z.string()).default({}),
  checks: z.array(z.string()).default([]),
  warnings: z.array(z.string()).default([]),
  materialized: z.enum(["table", "view"]).optional(),
  /**
   * A model each of whose rows is a part, made and stored behind the one before: its columns are variables of the session meanwhile.
   * Whoever asks for what lies in one part reads that alone.
   */
  parts: z.string().optional(),
};
const param = z.strictObject({
  type: z.enum(["text", "number", "date"]),
  default: z.union([z.string(), z.number(), z.null()]),
});

const HEADERS = {
  staging: z.strictObject(stored).required({ grain: true }),
  intermediate: z.strictObject(stored).required({ grain: true }),
  marts: z.strictObject(stored),
  kpis: z.strictObject({
    ...common,
    unit: z.enum(["ratio", "count", "money", "number"]),
    good: z.enum(["up", "down"]).nullable(),
    minDenominator: z.number().int().min(0),
    /** What a denominator counts, as it stands behind a number: 人 / people, 单 / orders. */
    of: z.strictObject({ zh: z.string(), en: z.string() }).optional(),
    /** Sources of marts.sources: where one was never imported, the KPI has no value rather than 0. The first is told first. */
    needs: z.union([z.string().transform((one) => [one]), z.array(z.string()).min(1)]).default([]),
    /** Person-level form of the KPI, for its sampling error: SQL over one model with group_id, person_id, week. */
    people: z
      .strictObject({
        from: z.string(),
        numerator: z.string(),
        denominator: z.string().nullable(),
        /** The same of the week before, where a row of `from` says it too: that spares joining every person-week. */
        before: z.strictObject({ numerator: z.string(), denominator: z.string().nullable() }).optional(),
      })
      .optional(),
    /** What each weekday adds to the numerator: a model with group_id, week, weekday (1 = Monday), and its column. */
    weekdays: z.strictObject({ from: z.string(), numerator: z.string() }).optional(),
    /** Another reading of this KPI, shown beside it and not judged as a number of its own. */
    variantOf: z.string().optional(),
    /** Days after a week's end in which its figure still moves, and one way: the week is held against no older one until then. */
    settledAfter: z.number().int().positive().optional(),
    /** Days after joining or buying for which a person must have been seen: weeks newer than that have nobody yet. */
    observedDays: z.number().int().positive().optional(),
    /**
     * `past`: the same people make up both weeks' figures and no `people` say how, so that the change has no sampling error
     * of its own; it is judged by the changes of the series' past alone.
     */
    judgedBy: z.enum(["sampling", "past"]).default("sampling"),
    /** That variant reads what was known when its week ended; the page shows both where they differ. */
    asReported: z.boolean().default(false),
    /** A KPI that says how far this one can be trusted, shown beside it wherever it stands. */
    shownWith: z.string().optional(),
    /** A KPI that is a product: each factor is one side of a KPI (`orders.numerator`) over another, or alone. */
    factors: z
      .array(
        z.strictObject({
          title: bilingual,
          numerator: z.string(),
          denominator: z.string().nullable().default(null),
        }),
      )
      .max(8)
      .default([]),
  }),
  /** How people can be split: `value` by a part of (group_id, person_id, week); labels of known values. */
  dimensions: z.strictObject({
    ...common,
    grain: z.array(z.enum(["group_id", "person_id", "week"])).min(1),
    grainCheckedBy: z.string().optional(),
    values: z.record(z.string(), bilingual).default({}),
  }),
  queries: z.strictObject({
    ...common,
    params: z.record(z.string(), param).default({}),
    /** Columns that count people: a viewer sees none of one to four. Not said: any column may. */
    people: z.array(z.string()).optional(),
    /** Columns whose rows, for each value of `by`, add up to a total that is told elsewhere; `with` tells as much. */
    sums: z
      .strictObject({
        of: z.array(z.string()).min(1),
        by: z.array(z.string()).default([]),
        with: z.array(z.string()).default([]),
      })
      .optional(),
    /** Columns by the source of marts.sources that they need: null where it was never imported, rather than 0. */
    needs: z.record(z.string(), z.array(z.string()).min(1)).default({}),
  }),
  rules: ruleHeader,
} as const;

export type Layer = keyof typeof HEADERS;
export type Header<L extends Layer> = z.infer<(typeof HEADERS)[L]>;

/** One SQL file: a YAML header in a block comment and one SELECT. */
export interface Model<L extends Layer = Layer> {
  layer: L;
  id: string;
  /** Path below the sql folder, for messages. */
  path: string;
  header: Header<L>;
  sql: string;
  /** Line of the file in which `sql` begins, from 1. */
  line: number;
}

/** @throws QueryError for a missing or wrong header. */
export function readModel<L extends Layer>(layer: L, file: string, root: string): Model<L> {
  const path = relative(root, file);
  const shown = `sql/${path}`;
  const source = readFileSync(file, "utf8");
  const found = /^\s*\/\*([\s\S]*?)\*\/([\s\S]*)$/.exec(source);
  if (!found) throw new QueryError(shown, source, new Error("no YAML header in a block comment"));
  const [, yaml = "", body = ""] = found;
  let header: unknown;
  try {
    header = parse(yaml, { schema: "core" });
  } catch (cause) {
    throw new QueryError(shown, source, cause);
  }
  const checked = HEADERS[layer].safeParse(header);
  if (!checked.success) throw new QueryError(shown, source, new Error(z.prettifyError(checked.error)));
  const sql = body.trim();
  const line = source.slice(0, source.indexOf(sql, source.length - body.length)).split("\n").length;
  return { layer, id: basename(file, ".sql"), path, header: checked.data as Header<L>, sql, line };
}
