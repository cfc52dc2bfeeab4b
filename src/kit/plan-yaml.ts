import { isNode, isSeq, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { allowedText } from "./allowed.ts";
import { messageOf } from "./errors.ts";
import { type Plan, planSchema, type Step, stepSchema } from "./plan.ts";
import type { Text } from "./say.ts";

const NO_SUCH_KEY: Text = {
  zh: "计划里的字段（这个名字没有，删掉或改对）",
  en: "a key of plans (there is none of this name: remove it or put it right)",
};

/** An item of a plan that could not be used. */
export interface PlanProblem {
  line: number;
  column: string | null;
  sample: string;
  /** What is allowed there, where the schema says it. */
  allowed?: Text;
}

/** A plan as a file states it, with the line of each thing in it. */
export interface ReadPlan {
  /** Undefined when the head itself is wrong. */
  plan: Plan | undefined;
  steps: { step: Step; line: number; definition: unknown }[];
  problems: PlanProblem[];
  /** Headings of a table that name nothing of a plan. */
  unused?: readonly string[];
  /** Sheet of a workbook; lines are then its rows. */
  sheet?: string | undefined;
  /** Line of a key: `targets.growth`, `steps.3.time`; the nearest key above it where it is not written. */
  lineOf: (path: string) => number;
}

/** Reads a plan in YAML. Wrong steps become problems and the others stay. */
export function readPlanYaml(text: string): ReadPlan {
  const counter = new LineCounter();
  const document = parsed(text, counter);
  const at = (node: unknown) =>
    isNode(node) && node.range ? counter.linePos(node.range[0]).line : undefined;
  const lineOf = (path: string) => {
    const keys = path.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    for (let length = keys.length; length > 0; length--) {
      const line = at(document.getIn(keys.slice(0, length), true));
      if (line !== undefined) return line;
    }
    return 1;
  };
  const nothing = (line: number, sample: string, column: string | null = null): ReadPlan => ({
    plan: undefined,
    steps: [],
    problems: [{ line, column, sample: sample.slice(0, 2000) }],
    lineOf,
  });
  const [broken] = document.errors;
  if (broken) return nothing(counter.linePos(broken.pos[0]).line, text);
  const list = document.get("steps");
  if (list !== null && !isSeq(list)) return nothing(at(list) ?? 1, text, "steps");
  let whole: { steps?: unknown[] | null };
  try {
    whole = document.toJS() as typeof whole;
  } catch (error) {
    // Aliases of aliases, or one of nothing.
    return nothing(1, messageOf(error));
  }
  const head = planSchema.safeParse({ ...whole, steps: [] });
  if (!head.success) {
    const [problem] = head.error.issues;
    return nothing(1, JSON.stringify(problem?.path), problem?.path.join(".") ?? null);
  }
  const steps: ReadPlan["steps"] = [];
  const problems: PlanProblem[] = [];
  for (const [index, one] of (whole.steps ?? []).entries()) {
    const line = at(list?.items[index]) ?? 1;
    const parsed = stepSchema.safeParse(one);
    if (parsed.success) steps.push({ step: parsed.data, line, definition: one });
    else problems.push({ line, sample: JSON.stringify(one), ...reasonOf(parsed.error.issues[0]) });
  }
  return { plan: { ...head.data, steps: steps.map(({ step }) => step) }, steps, problems, lineOf };
}

/** Levels without end are no plan: the parser gives up on them, and the file then has one problem. */
function parsed(text: string, lineCounter: LineCounter) {
  try {
    return parseDocument(text, { lineCounter, schema: "core" });
  } catch {
    return parseDocument("[", { schema: "core" });
  }
}

/** Which key of a step is wrong, and what its schema allows. */
export function reasonOf(problem: z.core.$ZodIssue | undefined): { column: string; allowed?: Text } {
  if (problem?.code === "unrecognized_keys")
    return { column: problem.keys[0] ?? "step", allowed: NO_SUCH_KEY };
  return {
    column: problem?.path.join(".") || "step",
    ...(problem && { allowed: allowedText(problem) }),
  };
}
