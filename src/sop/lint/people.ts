import { weekdaysOf } from "../../kit/plan.ts";
import { type Check, type Checked, clockOf, daysOf, isSent, named, type Report } from "./checks.ts";

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

/** C-12: what the platform allows. One account sends to all its groups in one minute; a group gets so much in a day. */
function* sendLimits({ plan, limits }: Checked): Iterable<Report> {
  const groups = plan.groups?.length ?? 1;
  const minutes = new Map<string, number>();
  const days = new Map<string, number>();
  const add = (counts: Map<string, number>, key: string, by: number) => {
    const count = (counts.get(key) ?? 0) + by;
    counts.set(key, count);
    return count;
  };
  for (const [index, step] of plan.steps.entries()) {
    if (!isSent(step) || step.since === "member_join") continue;
    const role = step.role === undefined ? undefined : plan.roles[step.role];
    const hands = Math.max((typeof role === "object" ? role.people?.length : undefined) ?? 1, 1);
    const scale = step.weekday ? "w" : step.date ? "d" : (step.since ?? "camp");
    for (const day of daysOf(step, weekdaysOf(step.weekday))) {
      const key = `${scale} ${day}`;
      const clock = clockOf(step);
      const inMinute =
        clock === undefined
          ? 0
          : add(minutes, `${key} ${clock} ${step.role ?? ""}`, Math.ceil(groups / hands));
      const inDay = add(days, key, 1);
      const isFast = limits.sendsPerMinute !== undefined && inMinute > limits.sendsPerMinute;
      const isMuch = limits.sendsPerDay !== undefined && inDay === limits.sendsPerDay + 1;
      if (!isFast && !isMuch) continue;
      yield {
        code: "send_limit",
        path: `steps.${index}`,
        text: isFast
          ? {
              zh: `${named(step).zh} 一个账号一分钟要发 ${inMinute} 条，平台上限 ${limits.sendsPerMinute} 条，错开时间或加人`,
              en: `${named(step).en}: ${inMinute} messages of one account in a minute, the platform allows ${limits.sendsPerMinute}; spread them`,
            }
          : {
              zh: `${named(step).zh} 是这个群当天第 ${inDay} 条，平台上限 ${limits.sendsPerDay} 条`,
              en: `${named(step).en} is message ${inDay} to the group that day, the platform allows ${limits.sendsPerDay}`,
            },
      };
      break;
    }
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

export const people: readonly Check[] = [noOwner, unknownRole, tooManyGroups, sendLimits, stagedStep];
