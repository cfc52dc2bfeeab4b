import { isNode, isSeq, LineCounter, parseDocument } from "yaml";
import { messageOf } from "../../src/kit/errors.ts";
import { probe } from "../../src/kit/evidence.ts";
import { documentImporter, type ImportRecord, issue, type ReadOptions } from "../../src/kit/importer.ts";
import { planSchema } from "../../src/kit/plan.ts";

// The SOP plan of a kind of group, as YAML. A step that is wrong is refused with its line; the others go in.
export default documentImporter({
  id: "fupan-plan",
  title: { zh: "复盘 SOP 计划 YAML", en: "Fupan SOP plan YAML" },
  kind: "plan",
  matches: (head) =>
    probe({
      ".yaml": /\.ya?ml$/i.test(head.name),
      "version:": /^version\s*:/m.test(head.text),
      "steps:": /^steps\s*:/m.test(head.text),
    }),
  *read(text, options) {
    yield* steps(text, options);
  },
});

function* steps(text: string, { stem }: ReadOptions): Iterable<ImportRecord> {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, schema: "core" });
  const [broken] = document.errors;
  if (broken) {
    yield issue(counter.linePos(broken.pos[0]).line, "bad_plan", text.slice(0, 2000));
    return;
  }
  const list = document.get("steps");
  const lineOf = (node: unknown) => (isNode(node) && node.range ? counter.linePos(node.range[0]).line : 1);
  if (list !== null && !isSeq(list)) {
    yield issue(lineOf(list), "bad_plan", text.slice(0, 2000), "steps");
    return;
  }
  let whole: { steps?: unknown[] | null };
  try {
    whole = document.toJS() as typeof whole;
  } catch (error) {
    // Aliases of aliases, or one of nothing.
    yield issue(1, "bad_plan", messageOf(error));
    return;
  }
  const head = planSchema.safeParse({ ...whole, steps: [] });
  if (!head.success) {
    yield issue(
      1,
      "bad_plan",
      JSON.stringify(head.error.issues[0]?.path),
      head.error.issues[0]?.path.join(".") ?? null,
    );
    return;
  }
  const plan = head.data;
  for (const [at, one] of (whole.steps ?? []).entries()) {
    const line = lineOf(list?.items[at]);
    const parsed = planSchema.shape.steps.element.safeParse(one);
    if (!parsed.success) {
      const [problem] = parsed.error.issues;
      const key = problem?.code === "unrecognized_keys" ? problem.keys[0] : problem?.path.join(".");
      yield issue(line, "bad_plan", JSON.stringify(one), key || "step");
      continue;
    }
    const { id, day, weekday, window, ...rest } = parsed.data;
    yield {
      kind: "row",
      line,
      values: {
        plan_id: plan.id ?? stem,
        version: plan.version,
        group_kind: plan.group_kind ?? null,
        phase: rest.phase ?? null,
        step_id: id,
        day: day === undefined ? null : String(day),
        weekday: weekday === undefined ? null : [weekday].flat().join(","),
        time: rest.time ?? null,
        window_minutes: window === undefined ? null : String(window),
        role: rest.role ?? null,
        content_type: rest.content_type ?? null,
        scene: rest.scene ?? null,
        text: rest.text ?? null,
        target: rest.target ?? null,
        definition: JSON.stringify(one),
      },
    };
  }
}
