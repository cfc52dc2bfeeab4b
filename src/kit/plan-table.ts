import Papa from "papaparse";
import { planSchema, SECTIONS, type Step, stepSchema } from "./plan.ts";
import {
  clockCell,
  countCell,
  dateCell,
  dayCell,
  daySpan,
  daysOf,
  groupsOf,
  isZero,
  spanCell,
  WHICH_DAY,
} from "./plan-cells.ts";
import { readTolerances } from "./plan-tolerances.ts";
import { COLUMNS, FIELD_WORDS, keyOf, SECTION_WORDS, wordValue } from "./plan-words.ts";
import { type PlanProblem, type ReadPlan, reasonOf } from "./plan-yaml.ts";

type Column = keyof typeof COLUMNS;
type Cells = Partial<Record<Column, string>>;
type Section = keyof typeof SECTION_WORDS;

interface Row {
  line: number;
  section: Section;
  cells: Cells;
}

/**
 * A plan as a table: one row per field, phase, role, cadence, target or step, told apart by its section.
 * @param sheet name of the sheet of a workbook: a line is then a record, whatever line ends its cells hold.
 */
export function readPlanTable(text: string, { sheet }: { sheet?: string | undefined } = {}): ReadPlan {
  const problems: PlanProblem[] = [];
  const unused: string[] = [];
  const rows = [...rowsOf(text, problems, unused, sheet !== undefined)];
  const lines = new Map<string, number>();
  const head: Record<string, unknown> = {};
  const steps: ReadPlan["steps"] = [];
  const hasZero = rows.some(({ cells }) => cells.day !== undefined && isZero(cells.day));
  for (const row of rows) {
    const { day } = row.cells;
    const isPhase = row.section === "phases" && day !== undefined;
    if (isPhase ? !daySpan(day, hasZero) : day !== undefined && dayCell(day, hasZero) === undefined) {
      problems.push({ line: row.line, column: "day", sample: JSON.stringify(row.cells), allowed: WHICH_DAY });
      continue;
    }
    if (row.section === "steps") {
      const definition = stepOf(row.cells);
      const parsed = stepSchema.safeParse(definition);
      if (parsed.success) {
        lines.set(`steps.${steps.length}`, row.line);
        steps.push({ step: parsed.data, line: row.line, definition });
      } else {
        problems.push({
          line: row.line,
          sample: JSON.stringify(definition),
          ...reasonOf(parsed.error.issues[0]),
        });
      }
      continue;
    }
    const put = putHead(head, row, hasZero);
    if (put === undefined) {
      problems.push({ line: row.line, column: "id", sample: JSON.stringify(row.cells) });
    } else lines.set(put, row.line);
  }
  const parsed = planSchema.safeParse({ ...head, steps: [] });
  const lineOf = (path: string) => {
    for (let at = path; at !== ""; at = at.slice(0, Math.max(at.lastIndexOf("."), 0))) {
      const line = lines.get(at);
      if (line !== undefined) return line;
    }
    return 1;
  };
  if (!parsed.success) {
    const reason = reasonOf(parsed.error.issues[0]);
    problems.push({ line: lineOf(reason.column), sample: "", ...reason });
    return { plan: undefined, steps: [], problems, unused, sheet, lineOf };
  }
  const plan = { ...parsed.data, steps: steps.map(({ step }) => step) };
  return { plan, steps, problems, unused, sheet, lineOf };
}

function* rowsOf(text: string, problems: PlanProblem[], unused: string[], isSheet: boolean): Iterable<Row> {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), { skipEmptyLines: false });
  let columns: (Column | undefined)[] | undefined;
  let line = 1;
  for (const record of data) {
    const at = line;
    line += 1 + (isSheet ? 0 : (record.join("").match(/\n/g)?.length ?? 0));
    if (!columns) {
      const found = record.map((name) => keyOf(COLUMNS, name));
      if (found.includes("section") && found.includes("id")) {
        columns = found;
        unused.push(...record.filter((name, index) => found[index] === undefined && name.trim() !== ""));
      }
      continue;
    }
    const cells: Cells = {};
    for (const [index, cell] of record.entries()) {
      const column = columns[index];
      if (column && cell.trim() !== "") cells[column] = cell.trim();
    }
    if (Object.keys(cells).length === 0) continue;
    const section = keyOf(SECTION_WORDS, cells.section ?? "steps");
    if (section) yield { line: at, section, cells };
    else problems.push({ line: at, column: "section", sample: cells.section ?? "" });
  }
}

const TEXTS = [
  "title",
  "phase",
  "role",
  "owner",
  "content_type",
  "kind",
  "link",
  "scene",
  "tag",
  "text",
  "target",
  "note",
] as const satisfies (Column & keyof Step)[];
const NUMBERS = ["window", "late", "minutes"] as const satisfies (Column & keyof Step)[];

function stepOf(cells: Cells): Record<string, unknown> {
  const step: Record<string, unknown> = { id: cells.id };
  for (const key of TEXTS) if (cells[key] !== undefined) step[key] = cells[key];
  for (const key of NUMBERS) if (cells[key] !== undefined) step[key] = countCell(cells[key]);
  // A day that may be two has been refused.
  if (cells.day !== undefined) step["day"] = dayCell(cells.day, true);
  if (cells.date) step["date"] = dateCell(cells.date);
  if (cells.after) step["after"] = spanCell(cells.after);
  if (cells.tolerances) step["tolerances"] = readTolerances(cells.tolerances) ?? cells.tolerances;
  if (cells.task) step["task"] = wordValue("task", cells.task);
  if (cells.since) step["since"] = wordValue("since", cells.since);
  if (cells.weekday) step["weekday"] = daysOf(cells.weekday);
  if (cells.time)
    Object.assign(step, { ...clockCell(cells.time), ...(cells.minutes && { minutes: step["minutes"] }) });
  return step;
}

/** Puts a row of the head where it belongs. @returns its path, undefined where the row has no place. */
function putHead(
  head: Record<string, unknown>,
  { section, cells }: Row,
  hasZero: boolean,
): string | undefined {
  const { id } = cells;
  if (id === undefined) return undefined;
  const into = (key: string) => {
    head[key] ??= {};
    return head[key] as Record<string, unknown>;
  };
  if (section === "plan") {
    const field = keyOf(FIELD_WORDS, id);
    if (!field) return undefined;
    head[field] = planField(field, cells.text ?? "");
    return field;
  }
  if (section === "camp" || section in SECTIONS) {
    const allowed: readonly string[] =
      section === "camp"
        ? ["cycle", "mode", "time", "content", "staff", "tools"]
        : SECTIONS[section as keyof typeof SECTIONS];
    const words = Object.fromEntries(Object.entries(FIELD_WORDS).filter(([key]) => allowed.includes(key)));
    const field = keyOf(words, id);
    if (!field) return undefined;
    if (cells.text !== undefined) into(section)[field] = cells.text;
    return `${section}.${field}`;
  }
  if (section === "phases") {
    head["phases"] ??= [];
    const phases = head["phases"] as unknown[];
    phases.push({
      id,
      ...(cells.title ? { title: cells.title } : {}),
      ...(cells.day ? daySpan(cells.day, hasZero) : {}),
    });
    return `phases.${phases.length - 1}`;
  }
  into(section)[id] = SPECIAL[section as keyof typeof SPECIAL](cells);
  return `${section}.${id}`;
}

const period = ({ period: cell }: Cells) =>
  cell === undefined ? null : wordValue("period", cell.replace(/^每/, ""));

const SPECIAL = {
  roles: ({ title, text, people }: Cells) => ({
    ...(title ? { title } : {}),
    ...(text ? { duties: text } : {}),
    ...(people ? { people: people.split(/[;；、,，\n]/).map((id) => id.trim()) } : {}),
  }),
  targets: (cells: Cells) => ({
    value: cells.value === undefined ? null : numberOf(cells.value),
    period: period(cells),
    ...(cells.text ? { text: cells.text } : {}),
  }),
  cadences: (cells: Cells) => ({
    ...(cells.task ? { task: wordValue("task", cells.task) } : {}),
    ...(cells.content_type ? { content_type: cells.content_type } : {}),
    ...(cells.times ? { times: countCell(cells.times) } : {}),
    ...(cells.period ? { per: period(cells) } : {}),
    ...(cells.weekday ? { weekday: daysOf(cells.weekday) } : {}),
    ...(cells.text ? { text: cells.text } : {}),
  }),
};

function numberOf(cell: string): number {
  return cell.endsWith("%") ? Number(cell.slice(0, -1)) / 100 : Number(cell);
}

function planField(field: string, text: string): unknown {
  if (field === "status") return wordValue("status", text);
  if (field === "start" || field === "valid_from") return dateCell(text);
  if (field !== "groups") return text;
  return groupsOf(text).map((one) => {
    const [, id = "", start] =
      /^(.*?)(?:\s{0,9}@\s{0,9}(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?))?$/.exec(one) ?? [];
    return start === undefined ? id : { id, start: dateCell(start) };
  });
}
