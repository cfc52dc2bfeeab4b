import { nothingBuilt } from "../../review/nothing-built.ts";
import { type SopTally, sopReview, type ToleranceTally } from "../../review/sop.ts";
import { chooseWeek, listWeeks } from "../../review/weeks.ts";
import { readCatalog } from "../../warehouse/catalog.ts";
import { type Context, openHere, print, readerOf, say } from "../context.ts";

export interface AdherenceFlags {
  week?: string;
  group?: string;
}

/** What became of the due steps of a week, as found in the log. */
export async function adherence(context: Context, flags: AdherenceFlags): Promise<void> {
  const { workspace } = await openHere(context);
  const reader = readerOf(context, workspace);
  try {
    const made = await reader.read(async (database) => {
      const week = chooseWeek(await listWeeks(database), flags.week);
      const catalog = readCatalog(context.content.sql);
      return { week: week.label, ...(await sopReview(database, catalog, week.week, flags.group ?? "*")) };
    });
    if (!made) throw nothingBuilt();
    print(context, made, () => {
      if (!made.all || made.all.due === 0)
        return say(context, {
          zh: `${made.week} 没有到期的步骤。`,
          en: `No steps were due in ${made.week}.`,
        });
      const problems = made.problems.map(
        ({ dueLocalAt, groupName, stepId, status, minutesLate, otherGroupName }) =>
          `- ${dueLocalAt.slice(5, 16).replace("T", " ")} ${groupName} · ${stepId} · ${say(context, WORDS[status])}${
            status === "late" ? ` ${minutesLate} min` : ""
          }${otherGroupName ? ` → ${otherGroupName}` : ""}`,
      );
      return [
        `# ${made.week}`,
        sentence(context, made.all),
        "",
        ...made.byGroup.filter(({ due }) => due > 0).map((one) => `${one.label}：${counts(context, one)}`),
        "",
        ...problems,
        ...made.tolerances.map((one) => `- ${kept(context, one)}`),
      ].join("\n");
    });
  } finally {
    reader.close();
  }
}

const WORDS = {
  missed: { zh: "漏发", en: "missed" },
  wrong_group: { zh: "发错群", en: "wrong group" },
  late: { zh: "迟发", en: "late" },
};

/** S0-06: executions inside of what the plan asks for. */
function kept(context: Context, one: ToleranceTally): string {
  const range = `${one.low ?? ""}..${one.high ?? ""}`;
  const judged = one.inside + one.outside;
  return say(context, {
    zh: `${one.stepId} · ${one.measure} ${range}：${judged} 次里 ${one.inside} 次在范围内${one.notSaid > 0 ? `，${one.notSaid} 次没写数` : ""}`,
    en: `${one.stepId} · ${one.measure} ${range}: ${one.inside} of ${judged} inside${one.notSaid > 0 ? `, ${one.notSaid} without a number` : ""}`,
  });
}

/** N-18 of the handbook. */
function sentence(context: Context, all: SopTally): string {
  return say(context, {
    zh: `到期 ${all.due} 步：${counts(context, all)}；没到期的不算。计划外 ${all.unplanned} 条。`,
    en: `${all.due} steps were due: ${counts(context, all)}; what is not due does not count. ${all.unplanned} posts beside the plan.`,
  });
}

function counts(context: Context, { done, late, missed, wrongGroup }: SopTally): string {
  return say(context, {
    zh: `按时 ${done}，迟 ${late}，漏 ${missed}，发错群 ${wrongGroup}`,
    en: `${done} on time, ${late} late, ${missed} missed, ${wrongGroup} in the wrong group`,
  });
}
