import Papa from "papaparse";
import { UserError } from "./errors.ts";
import { canonicalHeader } from "./evidence.ts";
import type { ImportRecord, ReadOptions } from "./importer.ts";
import { issue } from "./importer.ts";
import { type Plan, planSchema, stepSchema } from "./plan.ts";
import { clockCell, dateCell, groupsOf } from "./plan-cells.ts";
import { planRows } from "./plan-rows.ts";
import { type PlanProblem, reasonOf } from "./plan-yaml.ts";
import { type When, whenCell } from "./sop-when.ts";

/** What operators call the columns of a timetable of messages. */
export const SOP_COLUMNS = {
  day: ["天数", "第几天", "天", "日程", "日期", "星期", "周几", "时间节点", "节点", "时间点", "day", "date"],
  time: ["时间", "时刻", "具体时间", "发送时间", "推送时间", "执行时间", "发布时间", "time", "send_time"],
  text: ["话术", "文案", "话术内容", "话术文案", "发送内容", "推送内容", "群发内容", "script", "copy"],
  title: ["动作", "执行动作", "运营动作", "事项", "步骤", "action"],
  note: ["目的", "备注", "说明", "goal", "purpose", "note"],
  owner: ["负责人", "执行人", "责任人", "owner"],
  phase: ["阶段", "phase", "stage"],
  group: ["群", "群名", "群名称", "适用群", "group"],
  kind: ["群类型", "适用群类型", "group kind", "group type"],
} as const;
type Column = keyof typeof SOP_COLUMNS;

const columnOf = (name: string) =>
  (Object.keys(SOP_COLUMNS) as Column[]).find((key) =>
    SOP_COLUMNS[key].some((one) => canonicalHeader(one) === canonicalHeader(name)),
  );

interface Row {
  line: number;
  cells: Partial<Record<Column, string>>;
  when: When | undefined;
}

/** A timetable of messages as operators keep it: a day, a time, what to send. @throws UserError to ask which group it is for. */
export function* sopTable(
  text: string,
  options: Pick<ReadOptions, "date" | "group" | "stem">,
): Iterable<ImportRecord> {
  const { title, rows, unused } = rowsOf(text);
  const problems: PlanProblem[] = [];
  const first = Math.min(...rows.flatMap(({ when }) => when?.counted ?? []));
  // Who begins with 1 has no day 0; between -1 and 1 there may be one or none.
  const shift = first === 1 ? 1 : 0;
  const isTorn = first < 0 && !rows.some(({ when }) => when?.counted === 0);
  const stated = /^20\d\d-\d\d-\d\d$/.test(options.date ?? "") ? options.date : undefined;
  const start = stated ?? beginIn(title) ?? beginIn(options.stem);
  const plans = new Map<
    string,
    { plan: Plan; steps: { step: Plan["steps"][number]; line: number; definition: unknown }[] }
  >();
  let number = 0;
  for (const { line, cells, when } of rows) {
    number += 1;
    const sample = JSON.stringify(cells);
    const isOpen = isTorn && (when?.counted ?? 0) > 0;
    if (when === undefined || isOpen) {
      yield issue(line, isOpen ? "open_plan_day" : "no_plan_day", sample, "day");
      continue;
    }
    const counted = when.counted === undefined ? {} : { day: when.counted - (when.counted > 0 ? shift : 0) };
    const hour = when.at.after === undefined ? (cells.time ?? when.rest) : "";
    const definition = {
      id: String(number),
      ...(cells.title ? { title: cells.title } : {}),
      ...(cells.phase ? { phase: cells.phase } : {}),
      ...(cells.owner ? { owner: cells.owner } : {}),
      ...(cells.text ? { text: cells.text } : {}),
      ...(cells.note ? { note: cells.note } : {}),
      ...when.at,
      ...counted,
      ...(hour === "" ? {} : clockCell(hour)),
    };
    const parsed = stepSchema.safeParse(definition);
    // An hour behind the day and another in its column are two.
    if (!parsed.success || (cells.time !== undefined && when.rest !== "")) {
      const { column } = parsed.success ? { column: "time" } : reasonOf(parsed.error.issues[0]);
      problems.push({ line, column, sample });
      continue;
    }
    const of = groupFor(cells, title, options);
    const key = JSON.stringify(of);
    const said = options.group ?? cells.group ?? cells.kind;
    const id = said === undefined ? options.stem : `${options.stem}/${said}`;
    const into = plans.get(key) ?? {
      plan: planSchema.parse({ version: 1, id, ...of, ...(start ? { start } : {}), steps: [] }),
      steps: [],
    };
    plans.set(key, into);
    into.steps.push({ step: parsed.data, line, definition });
  }
  const isCounted = [...plans.values()].some(({ steps }) =>
    steps.some(({ step }) => step.since === "camp_start"),
  );
  yield* notes({ plans: [...plans.values()].map(({ plan }) => plan), shift, start, isCounted });
  const nothing = { problems, unused, lineOf: () => 1 };
  if (plans.size === 0) yield* planRows({ plan: undefined, steps: [], ...nothing }, options.stem);
  for (const [at, { plan, steps }] of [...plans.values()].entries()) {
    const whole = { ...plan, steps: steps.map(({ step }) => step) };
    const rest = at === 0 ? nothing : { problems: [], lineOf: () => 1 };
    yield* planRows({ plan: whole, steps, ...rest }, options.stem);
  }
}

function* notes({
  plans,
  shift,
  start,
  isCounted,
}: {
  plans: Plan[];
  shift: number;
  start: string | undefined;
  isCounted: boolean;
}): Iterable<ImportRecord> {
  if (plans.length === 0) return;
  const named = plans.map(({ groups, group_kind }) => group_kind ?? groups?.join("、") ?? "");
  yield {
    kind: "note",
    text: {
      zh: `步骤按行编号为 1、2、3……；这份计划给：${named.join("；")}（不对就撤销，再用 --group 说明）`,
      en: `steps are numbered 1, 2, 3 … by their rows; the plan is for: ${named.join("; ")} (if not, undo it and say --group)`,
    },
  };
  if (!isCounted) return;
  const from = shift === 1 ? "第1天就是开始那天" : "第0天是开始那天";
  const begins = shift === 1 ? "day 1 is the day it begins" : "day 0 is the day it begins";
  yield {
    kind: "note",
    text: start
      ? { zh: `${from}：${start}`, en: `${begins}: ${start}` }
      : {
          zh: `${from}；没有写是哪一天，排不到日历上：请把日期写进标题（2026-11-05开营），或导入时写 --date 2026-11-05`,
          en: `${begins}; which day that is, the table does not say, so nothing falls due: write it in the title, or import with --date 2026-11-05`,
        },
  };
}

const DAY = "20\\d\\d\\s?[-/.年]\\s?\\d{1,2}\\s?[-/.月]\\s?\\d{1,2}\\s?日?";
const BEGINS = "(?:开营|开课|开班|开团|开始|启动|begins?|starts?)";
const BEGIN = new RegExp(`(${DAY})\\s?${BEGINS}|${BEGINS}(?:日期|时间|日)?\\s?[:：]?\\s?(${DAY})`, "i");

/** The day on which a title says that it begins: any other may be the one on which it was written. */
function beginIn(text: string): string | undefined {
  const [, before, behind] = BEGIN.exec(text.normalize("NFKC")) ?? [];
  const found = before ?? behind;
  return found === undefined ? undefined : dateCell(found.replace(/\s/g, ""));
}

/** A group that a title or a file is called by: 茶友群SOP, 早餐群7天运营计划. */
const CALLED = /([\p{L}\p{N}]{1,20}群)/u;

function groupFor(cells: Row["cells"], title: string, { group, stem }: Pick<ReadOptions, "group" | "stem">) {
  if (group !== undefined) return { groups: [group] };
  if (cells.group !== undefined) return { groups: groupsOf(cells.group) };
  if (cells.kind !== undefined) return { group_kind: cells.kind };
  const called = CALLED.exec(title)?.[1] ?? CALLED.exec(stem)?.[1];
  if (called !== undefined && !/^(?:社|本|全部|所有|各|建|入|进|微信|企微|企业微信)群$/.test(called))
    return { groups: [called] };
  throw new UserError(
    { zh: "看不出这份 SOP 给哪个群", en: "nothing says which group this plan is for" },
    {
      hint: {
        zh: "导入时选定一个群（命令行 --group），或加一列“群”（或“群类型”），或写进标题、文件名：茶友群SOP。",
        en: "Choose a group (--group), add a column 群 (or 群类型), or name it in the title or the file's name.",
      },
    },
  );
}

const isClock = (text: string) => /^\d\d:\d\d$/.test(clockCell(text).time);

/** Whether a text is such a timetable and no plan in our own form. */
export const isSopTable = (text: string): boolean => rowsOf(text).isFound;

function rowsOf(text: string) {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), { skipEmptyLines: false });
  const at = data.findIndex((record) => {
    const found = new Set(record.map(columnOf));
    return found.has("day") && (found.has("text") || found.has("title"));
  });
  const columns = (data[at] ?? []).map(columnOf);
  const unused = (data[at] ?? []).filter((name, index) => columns[index] === undefined && name.trim() !== "");
  const rows: Row[] = [];
  let line = 1;
  for (const [index, record] of data.entries()) {
    const from = line;
    line += 1 + (record.join("").match(/\n/g)?.length ?? 0);
    if (index <= at) continue;
    const cells: Row["cells"] = {};
    for (const [place, cell] of record.entries()) {
      const column = columns[place];
      // Two columns may name the day, 天数 and 日期: what both say is read together.
      if (column && cell.trim() !== "") cells[column] ??= cell.trim();
    }
    if (cells.text === undefined && cells.title === undefined) {
      if (Object.keys(cells).length > 0) rows.push({ line: from, cells, when: undefined });
      continue;
    }
    const when = cells.day === undefined ? undefined : whenCell(cells.day);
    // 周末见 is no weekend.
    const isDay = when?.rest === "" || isClock(when?.rest ?? "");
    rows.push({ line: from, cells, when: isDay ? when : undefined });
  }
  return { title: data.slice(0, Math.max(at, 0)).flat().join(" ").trim(), rows, unused, isFound: at >= 0 };
}
