import { type Cadence, type Plan, type Step, WEEKDAYS, weekdaysOf } from "../../kit/plan.ts";
import { type Check, type Checked, clockOf, daysOf, isSent, named, type Report } from "./checks.ts";

const DAY_NAMES = {
  mon: "周一",
  tue: "周二",
  wed: "周三",
  thu: "周四",
  fri: "周五",
  sat: "周六",
  sun: "周日",
};
type Day = keyof typeof DAY_NAMES;
const zh = (days: readonly Day[]) =>
  days.join() === "sat,sun" ? "周末" : days.map((day) => DAY_NAMES[day]).join("、");

/** Days on which a task is to be done, with where the plan says so. */
function plannedDays({ steps, cadences }: Plan): Map<string, { path: string; days: Day[] }[]> {
  const found = new Map<string, { path: string; days: Day[] }[]>();
  const add = (task: string | undefined, path: string, weekday: Step["weekday"]) => {
    const days = weekdaysOf(weekday);
    if (task === undefined || days.length === 0) return;
    found.set(task, [...(found.get(task) ?? []), { path, days }]);
  };
  for (const [id, cadence] of Object.entries(cadences)) {
    const { task, weekday } = stated(cadence);
    add(task, `cadences.${id}`, weekday);
  }
  for (const [index, step] of steps.entries()) add(step.task, `steps.${index}`, step.weekday);
  return found;
}

function stated(cadence: Cadence) {
  return typeof cadence === "string" ? { task: undefined, weekday: undefined } : cadence;
}

/** D-01, D-02: a cadence and a step name different days for one task. */
function* twoDays({ plan }: Checked): Iterable<Report> {
  for (const [task, places] of plannedDays(plan)) {
    const cadence = places.find(({ path }) => path.startsWith("cadences."));
    const steps = places.filter(({ path }) => path.startsWith("steps."));
    if (!cadence || steps.length === 0) continue;
    const days = WEEKDAYS.filter((day) => steps.some((step) => step.days.includes(day)));
    if (days.join() === cadence.days.join()) continue;
    yield {
      code: "two_days",
      path: cadence.path,
      text: {
        zh: `${task} 一处写${zh(cadence.days)}，步骤里写${zh(days)}，请定一个`,
        en: `${task} is on ${cadence.days.join(", ")} here and on ${days.join(", ")} in the steps; settle on one`,
      },
    };
  }
}

/** D-01: what is audited after it is out was not audited. */
function* publishedBeforeAudit({ plan }: Checked): Iterable<Report> {
  const days = plannedDays(plan);
  const audits =
    days.get("audit")?.flatMap(({ days: list }) => list.map((day) => WEEKDAYS.indexOf(day))) ?? [];
  const audit = Math.min(...audits);
  const early = days
    .get("publish")
    ?.find(({ days: list }) => list.some((day) => WEEKDAYS.indexOf(day) < audit));
  if (audits.length === 0 || !early) return;
  const [day = "mon"] = early.days;
  yield {
    code: "published_before_audit",
    path: early.path,
    text: {
      zh: `${zh([day])}就发布，${DAY_NAMES[WEEKDAYS[audit] ?? "mon"]}才审核，先审后发`,
      en: `Published on ${day}, audited on ${WEEKDAYS[audit]}: audit first`,
    },
  };
}

/** Two posts of one role at one moment in one group. */
function* sameMoment({ plan }: Checked): Iterable<Report> {
  const seen = new Map<string, Step>();
  for (const [index, step] of plan.steps.entries()) {
    if (!isSent(step) || step.time === undefined || step.tag !== undefined) continue;
    for (const day of daysOf(step, weekdaysOf(step.weekday))) {
      const scale = step.weekday ? "w" : step.date ? "d" : (step.since ?? "camp");
      const key = `${scale} ${day} ${clockOf(step)} ${step.role ?? ""}`;
      const other = seen.get(key);
      if (other && other !== step) {
        yield {
          code: "same_moment",
          path: `steps.${index}`,
          text: {
            zh: `${named(step).zh} 和 ${named(other).zh} 同一角色同一时刻，错开几分钟或合成一条`,
            en: `${named(step).en} and ${named(other).en} fall on one moment of one role; move or merge one`,
          },
        };
        break;
      }
      seen.set(key, step);
    }
  }
}

/** S0-24, D-10: nothing is sent while members sleep. The closing minute itself is quiet, the opening one is not. */
function* quietHours({ plan, limits }: Checked): Iterable<Report> {
  for (const [index, step] of plan.steps.entries()) {
    const clock = clockOf(step);
    if (clock === undefined || !isSent(step) || step.since === "member_join") continue;
    if (clock >= limits.opens && clock < limits.closes) continue;
    yield {
      code: "quiet_hours",
      path: `steps.${index}`,
      text: {
        zh: `${named(step).zh} 在 ${step.time} 发，属安静时段，挪到白天或傍晚`,
        en: `${named(step).en} is sent at ${step.time}, in the quiet hours; move it`,
      },
    };
  }
}

/** S2-02: a step without a time, and words that no one can be late for. */
function* vagueTime({ plan, words }: Checked): Iterable<Report> {
  for (const [index, step] of plan.steps.entries()) {
    const isTimed = [step.day, step.weekday, step.date, step.after].some((one) => one !== undefined);
    if (isTimed && !words.vagueTime.test(step.title ?? "")) continue;
    yield {
      code: "vague_time",
      path: `steps.${index}`,
      text: {
        zh: `${named(step).zh} 没有写清什么时候，写星期、第几天或入群后多久`,
        en: `${named(step).en} does not say when: give a weekday, a day or a time after joining`,
      },
    };
  }
  const texts = [
    ...Object.entries(plan.process ?? {}).map(([key, text]) => [`process.${key}`, text ?? ""] as const),
    ...Object.entries(plan.cadences).map(
      ([key, one]) => [`cadences.${key}`, typeof one === "string" ? one : (one.text ?? "")] as const,
    ),
    ["team.meeting", plan.team?.meeting ?? ""] as const,
    ["team.training", plan.team?.training ?? ""] as const,
  ];
  for (const [path, text] of texts) {
    const found = words.vagueTime.exec(text)?.[0];
    if (found)
      yield {
        code: "vague_time",
        path,
        text: {
          zh: `“${found}”没有日子，写成每周几、几点`,
          en: `“${found}” is no time: say which day and hour`,
        },
      };
  }
}

export const schedule: readonly Check[] = [twoDays, publishedBeforeAudit, sameMoment, quietHours, vagueTime];
