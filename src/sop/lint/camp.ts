import type { Plan } from "../../kit/plan.ts";
import { type Check, type Checked, clockOf, type Report } from "./checks.ts";

const CAMP_FIELDS = ["cycle", "mode", "time", "content", "staff", "tools"] as const;
const isCamp = ({ camp, group_kind }: Plan) => camp !== undefined || group_kind === "camp";

/** S0-11: 3 and 7 days pass, 2 and 8 do not. Warm-up and sales days are no classes where the plan marks its phases. */
function* campLength({ plan, limits }: Checked): Iterable<Report> {
  if (!isCamp(plan)) return;
  const phase = plan.phases.find(({ id, title }) => /开课|class|course/i.test(`${id} ${title ?? ""}`));
  const classes = new Set(
    plan.steps
      .filter(
        (step) => step.day !== undefined && step.day >= 0 && (step.since ?? "camp_start") === "camp_start",
      )
      .filter((step) => !phase || step.phase === phase.id)
      .map(({ day }) => day),
  );
  const days = phase?.from !== undefined && phase.to !== undefined ? phase.to - phase.from + 1 : classes.size;
  if (days === 0 || (days >= limits.campDays.min && days <= limits.campDays.max)) return;
  yield {
    code: "camp_length",
    path: phase ? `phases.${plan.phases.indexOf(phase)}` : "steps",
    text: {
      zh: `课程 ${days} 天，${limits.campDays.min} 到 ${limits.campDays.max} 天为宜，压缩或拆成两期`,
      en: `${days} days of class; ${limits.campDays.min} to ${limits.campDays.max} fit best: shorten or split`,
    },
  };
}

/** S0-10: the six items of a camp's header. */
function* campHeader({ plan }: Checked): Iterable<Report> {
  if (!isCamp(plan)) return;
  const missing = CAMP_FIELDS.filter((field) => !plan.camp?.[field]);
  if (missing.length === 0) return;
  yield {
    code: "camp_header",
    path: "camp",
    text: {
      zh: `训练营六项缺 ${missing.join("、")}（周期、形式、时间、内容、人员、工具）`,
      en: `The camp's six items lack ${missing.join(", ")}`,
    },
  };
}

/** S0-22: 引流, 开课, 转化. */
function* campPhases({ plan }: Checked): Iterable<Report> {
  if (!isCamp(plan) || plan.phases.length >= 3) return;
  yield {
    code: "camp_phases",
    path: "phases",
    text: {
      zh: `训练营分三段（引流、开课、转化），现在 ${plan.phases.length} 段`,
      en: `A camp has three phases (filling, classes, selling); this one has ${plan.phases.length}`,
    },
  };
}

/** S0-03: the plan is there before the first day. */
function* lateStart({ plan }: Checked): Iterable<Report> {
  if (!plan.start || !plan.valid_from || plan.valid_from < plan.start) return;
  yield {
    code: "late_plan",
    path: "valid_from",
    text: {
      zh: `计划 ${plan.valid_from} 才生效，开始是 ${plan.start}，至少提前一天`,
      en: `The plan holds from ${plan.valid_from}, the start is ${plan.start}: be a day ahead`,
    },
  };
}

/** S0-27: a class is announced half an hour ahead or more, on its day. */
function* classReminder({ plan, words, limits }: Checked): Iterable<Report> {
  for (const [index, step] of plan.steps.entries()) {
    const at = clockOf(step);
    if (at === undefined || step.day === undefined || !words.live.test(step.content_type ?? "")) continue;
    const reminded = plan.steps.some((one) => {
      const clock = clockOf(one);
      return (
        one.day === step.day &&
        clock !== undefined &&
        words.reminder.test(one.content_type ?? "") &&
        at - clock >= limits.noticeMinutes
      );
    });
    if (reminded) continue;
    yield {
      code: "no_reminder",
      path: `steps.${index}`,
      text: {
        zh: `${step.id} 开课前 ${limits.noticeMinutes} 分钟没有提醒，补一条`,
        en: `Nothing announces ${step.id} ${limits.noticeMinutes} minutes ahead; add a reminder`,
      },
    };
  }
}

export const camp: readonly Check[] = [campLength, campHeader, campPhases, lateStart, classReminder];
