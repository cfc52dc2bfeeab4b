import { type Check, type Checked, named, type Report } from "./checks.ts";

/** S2-02, S2-12: a step nobody answers for. */
function* noOwner({ plan }: Checked): Iterable<Report> {
  for (const [index, step] of plan.steps.entries()) {
    if (step.role !== undefined || step.owner !== undefined) continue;
    yield {
      code: "no_owner",
      path: `steps.${index}`,
      text: {
        zh: `${named(step).zh} 没有负责人，填 role 或 owner`,
        en: `${named(step).en} has no owner: fill in role or owner`,
      },
    };
  }
}

function* unknownRole({ plan }: Checked): Iterable<Report> {
  const known = Object.keys(plan.roles);
  if (known.length === 0) return;
  for (const [index, step] of plan.steps.entries()) {
    if (step.role === undefined || known.includes(step.role)) continue;
    yield {
      code: "unknown_role",
      path: `steps.${index}.role`,
      text: {
        zh: `${named(step).zh} 的角色 ${step.role} 不在角色表里（有：${known.join("、")}）`,
        en: `${named(step).en} names the role ${step.role}, which the plan does not list (${known.join(", ")})`,
      },
    };
  }
}

/** S0-20: whoever runs groups by chat alone cannot run many of them. */
function* tooManyGroups({ plan, limits, words }: Checked): Iterable<Report> {
  if (!plan.camp?.mode || !words.chatOnly.test(plan.camp.mode)) return;
  const groups = plan.groups?.length ?? 0;
  const used = new Set(plan.steps.map(({ role }) => role));
  for (const [id, role] of Object.entries(plan.roles)) {
    if (!used.has(id)) continue;
    const hands = typeof role === "string" ? 1 : (role.people?.length ?? 1);
    if (groups / Math.max(hands, 1) <= limits.groupsPerAssistant) continue;
    yield {
      code: "too_many_groups",
      path: `roles.${id}`,
      text: {
        zh: `${id} ${hands} 人带 ${groups} 个纯聊天群，一人不超过 ${limits.groupsPerAssistant} 个`,
        en: `${id}: ${hands} for ${groups} chat-only groups; at most ${limits.groupsPerAssistant} each`,
      },
    };
  }
}

/** D-08: staged questions are measured and labelled, never planned. */
function* stagedStep({ plan, words }: Checked): Iterable<Report> {
  for (const [index, step] of plan.steps.entries()) {
    const role = step.role === undefined ? undefined : plan.roles[step.role];
    const title = typeof role === "string" ? role : (role?.title ?? "");
    if (!words.staged.test(`${step.role ?? ""} ${title}`)) continue;
    yield {
      code: "staged",
      path: `steps.${index}`,
      text: {
        zh: `${named(step).zh} 安排了托，换成真实成员的反馈`,
        en: `${named(step).en} is staged; use what real members say`,
      },
    };
  }
}

export const people: readonly Check[] = [noOwner, unknownRole, tooManyGroups, stagedStep];
