import { type Plan, SECTIONS } from "../../kit/plan.ts";
import type { Check, Checked, Report } from "./checks.ts";

const POSITIONING: readonly string[] = ["planning.positioning", "overview.audience"];
const isPositioned = ({ planning, overview }: Plan) => Boolean(planning?.positioning || overview?.audience);

/** S2-01: the twenty fields. Only a plan that uses the table is held to it. */
function* incomplete({ plan }: Checked): Iterable<Report> {
  const sections = Object.keys(SECTIONS) as (keyof typeof SECTIONS)[];
  if (sections.every((section) => plan[section] === undefined)) return;
  const missing = sections.flatMap((section) =>
    SECTIONS[section]
      .filter((field) => !(plan[section] as Record<string, string> | undefined)?.[field])
      .map((field) => `${section}.${field}`),
  );
  // Without both, the finding below says what matters.
  const listed = isPositioned(plan) ? missing : missing.filter((field) => !POSITIONING.includes(field));
  if (listed.length === 0) return;
  yield {
    code: "incomplete_table",
    path: listed[0]?.split(".")[0] ?? "",
    text: {
      zh: `SOP 表 20 项里缺 ${listed.length} 项：${listed.join("、")}`,
      en: `${listed.length} of the 20 fields are empty: ${listed.join(", ")}`,
    },
  };
}

/** D-03: a target that names no period or no number is shown as unconfirmed and never judged. */
function* unclearTarget({ plan }: Checked): Iterable<Report> {
  for (const [id, target] of Object.entries(plan.targets)) {
    if (typeof target === "number" || (target.period !== null && target.value !== null)) continue;
    yield {
      code: "unclear_target",
      path: `targets.${id}`,
      text: {
        zh: `“${target.text ?? id}”没写${target.value === null ? "数" : "周期"}，待确认，先不判`,
        en: `“${target.text ?? id}” has no ${target.value === null ? "number" : "period"}: to be confirmed, not judged until then`,
      },
    };
  }
}

/** S2-02: nothing to measure by. */
function* noMeasure({ plan }: Checked): Iterable<Report> {
  if (Object.keys(plan.targets).length > 0) return;
  if (plan.steps.some(({ target }) => target !== undefined)) return;
  yield {
    code: "no_measure",
    path: "targets",
    text: {
      zh: "没有目标，做完也不知道好不好，至少写一个数",
      en: "There is no target: nobody will know whether it worked. Write one number at least",
    },
  };
}

/** S4-06, D-06: a name says for whom and what for; a welfare group passes with a proper name. */
function* groupName({ plan, words, groupNames }: Checked): Iterable<Report> {
  for (const name of [plan.overview?.name, ...groupNames]) {
    if (name === undefined || !words.vagueName.test(name)) continue;
    yield {
      code: "group_name",
      path: plan.overview?.name === name ? "overview.name" : "groups",
      text: {
        zh: `群名“${name}”看不出给谁、解决什么，写上人群和用处`,
        en: `The name “${name}” says neither for whom nor what for`,
      },
    };
  }
}

/** S2-05, S4-06: what the group is for. */
function* positioning({ plan }: Checked): Iterable<Report> {
  if (plan.overview === undefined || isPositioned(plan)) return;
  yield {
    code: "no_positioning",
    path: "overview",
    text: {
      zh: "没写定位和人群：这个群给谁、解决什么",
      en: "Neither positioning nor audience: whom is the group for?",
    },
  };
}

function* doubles({ plan }: Checked): Iterable<Report> {
  const phases = new Set(plan.phases.map(({ id }) => id));
  const seen = new Set<string>();
  for (const [index, step] of plan.steps.entries()) {
    if (seen.has(step.id))
      yield {
        code: "double_step",
        path: `steps.${index}`,
        text: { zh: `编号 ${step.id} 用了两次`, en: `The id ${step.id} is used twice` },
      };
    seen.add(step.id);
    if (step.phase !== undefined && phases.size > 0 && !phases.has(step.phase))
      yield {
        code: "unknown_phase",
        path: `steps.${index}.phase`,
        text: { zh: `没有阶段 ${step.phase}`, en: `There is no phase ${step.phase}` },
      };
  }
}

export const table: readonly Check[] = [
  incomplete,
  unclearTarget,
  noMeasure,
  groupName,
  positioning,
  doubles,
];
