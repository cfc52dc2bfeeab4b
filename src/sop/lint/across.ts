import type { LintWords } from "../../kit/lint-words.ts";
import type { ReadPlan } from "../../kit/plan-yaml.ts";
import type { Limits } from "./checks.ts";
import type { Finding } from "./lint.ts";

/** A plan as it was read, and the numbers it is held against. */
export interface PlanFile {
  file: string;
  read: ReadPlan;
  limits: Pick<Limits, "groupsPerAssistant">;
}

interface Held {
  file: string;
  line: number;
  sheet: string | undefined;
  role: string;
  groups: ReadonlySet<string>;
  most: number;
}

/**
 * S0-20 over several plans: one person who holds a role in each runs the groups of all of them. Who it is stays out of
 * the text. The finding stands at the role that is one too many; what a single plan already shows is not said again.
 */
export function acrossPlans(plans: readonly PlanFile[], words: LintWords): Finding[] {
  const held = new Map<string, Held[]>();
  for (const { file, read, limits } of plans) {
    const { plan } = read;
    if (!plan?.camp?.mode || !words.chatOnly.test(plan.camp.mode)) continue;
    const groups = new Set(plan.groups?.map((group) => (typeof group === "string" ? group : group.id)));
    const used = new Set(plan.steps.map(({ role }) => role));
    for (const [id, role] of Object.entries(plan.roles)) {
      if (typeof role === "string" || !used.has(id)) continue;
      const people = role.people ?? [];
      for (const person of people) {
        const one = {
          file,
          sheet: read.sheet,
          line: read.lineOf(`roles.${id}`),
          role: role.title ?? id,
          groups,
          most: limits.groupsPerAssistant * people.length,
        };
        held.set(person, [...(held.get(person) ?? []), one]);
      }
    }
  }
  const found = new Map<string, Finding>();
  for (const list of held.values()) {
    const all = new Set<string>();
    for (const [nth, one] of list.entries()) {
      for (const group of one.groups) all.add(group);
      if (nth === 0 || all.size <= one.most || one.groups.size > one.most) continue;
      found.set(`${one.file} ${one.line}`, {
        file: one.file,
        ...(one.sheet === undefined ? {} : { sheet: one.sheet }),
        line: one.line,
        code: "too_many_groups",
        text: {
          zh: `${one.role} 的同一个人在 ${nth + 1} 份计划里一共带 ${all.size} 个纯聊天群，一人不超过 ${one.most} 个`,
          en: `One person of ${one.role} runs ${all.size} chat-only groups over ${nth + 1} plans; at most ${one.most} each`,
        },
      });
    }
  }
  return [...found.values()];
}
