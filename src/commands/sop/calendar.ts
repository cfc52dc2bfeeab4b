import { writeFileSync } from "node:fs";
import { UserError } from "../../kit/errors.ts";
import { localDay } from "../../kit/time.ts";
import { nothingBuilt } from "../../review/nothing-built.ts";
import { addDays } from "../../review/weeks.ts";
import { type DueStep, dueSteps, type Scope, together } from "../../sop/due.ts";
import { calendarFeed } from "../../sop/ics.ts";
import { readCatalog } from "../../warehouse/catalog.ts";
import { type Context, callerPath, openHere, print, readerOf, say } from "../context.ts";

export interface CalendarFlags extends Scope {
  week?: string;
  format: "md" | "ics" | "json";
  out?: string;
}

interface Due {
  from: string;
  to: string;
  /** When the data was computed, UTC. */
  made: string;
  community: string;
  steps: DueStep[];
}

/** What falls due in a week: for people, for a calendar program, or as JSON. */
export async function calendar(
  context: Context,
  { week, format, out, ...scope }: CalendarFlags,
): Promise<void> {
  const due = await read(context, scope, (asOf) => {
    const from = week === undefined ? mondayOf(asOf) : firstDay(week);
    // A feed without a week reaches as far as the plan does.
    return { from, to: format === "ics" && week === undefined ? addDays(from, 41) : addDays(from, 6) };
  });
  const text =
    format === "ics"
      ? calendarFeed(due.steps, scope.role ? `${due.community} · ${scope.role}` : due.community, due.made)
      : format === "json" || context.globals.json
        ? JSON.stringify(due, null, 2)
        : lines(context, due).join("\n");
  if (out === undefined) context.effects.out(text.trimEnd());
  else
    writeFileSync(callerPath(out), `${text.trimEnd()}${format === "ics" ? "\r\n" : "\n"}`, { mode: 0o600 });
}

/** What is due on one day, by default the first one that the data does not cover any more. */
export async function today(context: Context, { day, ...scope }: Scope & { day?: string }): Promise<void> {
  if (day !== undefined && !/^\d{4}-\d\d-\d\d$/.test(day)) throw noDay(day);
  const due = await read(context, scope, (asOf) => ({ from: day ?? asOf, to: day ?? asOf }));
  print(context, due, () => lines(context, due, true).join("\n"));
}

async function read(
  context: Context,
  scope: Scope,
  span: (asOf: string) => { from: string; to: string },
): Promise<Due> {
  const { workspace } = await openHere(context);
  const reader = readerOf(context, workspace);
  try {
    const due = await reader.read(async (database) => {
      const about = await database.one("select as_of, timezone, generated_at, community from report.about");
      const { from, to } = span(localDay(String(about["as_of"]), String(about["timezone"])));
      const steps = await dueSteps(database, readCatalog(context.content.sql), from, to, scope);
      return { from, to, made: String(about["generated_at"]), community: String(about["community"]), steps };
    });
    if (!due) throw nothingBuilt();
    return due;
  } finally {
    reader.close();
  }
}

const STATUS = {
  done: { zh: "已发", en: "sent" },
  late: { zh: "迟发", en: "late" },
  missed: { zh: "漏发", en: "missed" },
  wrong_group: { zh: "发错群", en: "wrong group" },
} as const;

function lines(context: Context, { from, to, steps }: Due, withScripts = false): string[] {
  const head = from === to ? `# ${from}` : `# ${from} … ${to}`;
  if (steps.length === 0) return [head, "", say(context, { zh: "没有到期的步骤。", en: "Nothing is due." })];
  const found = [head];
  let day = "";
  for (const { step, groups, statuses } of together(steps)) {
    const [date = "", time = ""] = step.dueLocalAt.split(/[ T]/);
    if (date !== day && from !== to) found.push("", `## ${date}`);
    day = date;
    const title = [
      time.slice(0, 5),
      step.stepId,
      step.roleTitle ?? step.role ?? step.owner,
      groups.length > 3
        ? say(context, { zh: `${groups.length} 个群`, en: `${groups.length} groups` })
        : groups.join("、"),
      step.times > 1 ? `×${step.times}` : null,
      ...statuses.flatMap(({ status, count }) => {
        const word = STATUS[status as keyof typeof STATUS];
        return word ? `${say(context, word)}${groups.length > 1 ? ` ${count}` : ""}` : [];
      }),
    ];
    found.push(`- ${title.filter((one) => one !== null).join(" · ")}`);
    if (withScripts && step.text !== null)
      found.push(
        "",
        ...step.text
          .trimEnd()
          .split("\n")
          .map((line) => `      ${line}`),
        "",
      );
  }
  return found;
}

function mondayOf(day: string): string {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** First day of an ISO week, or the day itself. */
function firstDay(week: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(week)) return week;
  const [, year, number] = /^(\d{4})-W(\d\d)$/.exec(week) ?? [];
  if (year === undefined || number === undefined) throw noDay(week);
  // The fourth of January is in the first ISO week.
  return addDays(mondayOf(`${year}-01-04`), (Number(number) - 1) * 7);
}

function noDay(value: string): UserError {
  return new UserError(
    { zh: `看不懂 ${value}`, en: `${value} is neither a day nor a week` },
    { hint: { zh: "写成 2026-11-23 或 2026-W48", en: "Write 2026-11-23 or 2026-W48" } },
  );
}
