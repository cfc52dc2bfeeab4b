import { type Plan, SECTIONS, WEEKDAYS, weekdaysOf } from "../kit/plan.ts";
import { tolerancesText } from "../kit/plan-tolerances.ts";
import { COLUMNS, FIELD_WORDS, SECTION_WORDS, VALUE_WORDS } from "../kit/plan-words.ts";

type Cells = Partial<Record<keyof typeof COLUMNS, string | undefined>>;

const zh = (words: readonly string[]) => words[0] ?? "";
const word = (list: keyof typeof VALUE_WORDS, value: string | null | undefined) =>
  Object.entries(VALUE_WORDS[list]).find(([, one]) => one === value)?.[0] ?? value ?? "";

/** A plan as the table that the importer reads back: a header and one row per thing, all as text. */
export function planSheet(plan: Plan): string[][] {
  const rows = [...headRows(plan), ...stepRows(plan)];
  const used = (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).filter(
    (column) => ALWAYS.includes(column) || rows.some((row) => row[column]),
  );
  return [
    used.map((column) => zh(COLUMNS[column])),
    ...rows.map((row) => used.map((column) => row[column] ?? "")),
  ];
}

const ALWAYS: readonly string[] = ["section", "id", "title", "text", "task", "weekday", "time", "role"];

function* headRows(plan: Plan): Iterable<Cells> {
  const row = (section: keyof typeof SECTION_WORDS, cells: Cells): Cells => ({
    section: zh(SECTION_WORDS[section]),
    ...cells,
  });
  for (const field of ["id", "version", "title", "status", "group_kind", "start", "valid_from"] as const) {
    const value = plan[field];
    if (value !== undefined)
      yield row("plan", {
        id: zh(FIELD_WORDS[field]),
        text: field === "status" ? word("status", value) : value,
      });
  }
  const groups = plan.groups?.map((group) =>
    typeof group === "string" ? group : group.start ? `${group.id} @ ${group.start}` : group.id,
  );
  if (groups) yield row("plan", { id: zh(FIELD_WORDS.groups), text: groups.join("；") });
  for (const [field, text] of Object.entries(plan.camp ?? {}))
    yield row("camp", { id: zh(FIELD_WORDS[field as keyof typeof FIELD_WORDS]), text: text ?? "" });
  for (const section of Object.keys(SECTIONS) as (keyof typeof SECTIONS)[]) {
    for (const field of SECTIONS[section]) {
      const text = (plan[section] as Record<string, string> | undefined)?.[field];
      yield row(section, { id: zh(FIELD_WORDS[field]), text: text ?? "" });
    }
  }
  for (const { id, title, from, to } of plan.phases)
    yield row("phases", {
      id,
      title: title ?? "",
      day: from === undefined || to === undefined ? "" : `${from}..${to}`,
    });
  for (const [id, role] of Object.entries(plan.roles))
    yield row(
      "roles",
      typeof role === "string"
        ? { id, title: role }
        : { id, title: role.title ?? "", text: role.duties ?? "", people: role.people?.join(";") ?? "" },
    );
  for (const [id, cadence] of Object.entries(plan.cadences))
    yield row(
      "cadences",
      typeof cadence === "string"
        ? { id, text: cadence }
        : {
            id,
            text: cadence.text ?? "",
            task: word("task", cadence.task),
            content_type: cadence.content_type ?? "",
            times: cadence.times === undefined ? "" : String(cadence.times),
            period: word("period", cadence.per),
            weekday: days(cadence.weekday),
          },
    );
  for (const [id, target] of Object.entries(plan.targets))
    yield row(
      "targets",
      typeof target === "number"
        ? { id, value: String(target), period: word("period", "week") }
        : {
            id,
            value: target.value === null ? "" : String(target.value),
            period: word("period", target.period),
            text: target.text ?? "",
          },
    );
}

function days(weekday: Plan["steps"][number]["weekday"]): string {
  if (typeof weekday === "string") return word("weekday", weekday);
  return WEEKDAYS.filter((day) => weekdaysOf(weekday).includes(day))
    .map((day) => word("weekday", day))
    .join("、");
}

function* stepRows(plan: Plan): Iterable<Cells> {
  for (const { task, weekday, since, day, window, late, minutes, tolerances, ...rest } of plan.steps) {
    const number = (value: number | undefined) => (value === undefined ? "" : String(value));
    yield {
      ...rest,
      section: zh(SECTION_WORDS.steps),
      task: word("task", task),
      weekday: days(weekday),
      since: word("since", since),
      day: number(day),
      window: number(window),
      late: number(late),
      minutes: number(minutes),
      tolerances: tolerances ? tolerancesText(tolerances) : "",
    };
  }
}
