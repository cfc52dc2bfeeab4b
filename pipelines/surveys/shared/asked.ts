import type { TableRow } from "../../../src/kit/importer.ts";

/** A column of a question; `option` where it stands for one choice of it. */
interface AskedColumn {
  at: number;
  no: string;
  title: string;
  option: string | null;
  /** What a comma may part in a cell of it: the choices that the file shows to be some. */
  choices: ReadonlySet<string>;
}

const LEAVING = /离开|退群|离群|流失|退出|为什么走|不再参加|leave|left|quit|unsubscribe|churn/i;
const ASKING = /为什么|为何|原因|怎么|什么|哪|why|reason|what/i;

/** Whether the name of a column asks why somebody left. 退群时间 asks nothing. */
export function asksWhyLeft(name: string): boolean {
  return LEAVING.test(name) && (ASKING.test(name) || /[？?]/.test(name));
}

/** Whether the name of a column is a question. */
export function isAsked(name: string): boolean {
  return asksWhyLeft(name) || /[？?]\s*(?:[（(【[].*[)）】\]])?$/.test(name);
}

/** A number before a title. */
export const NUMBERED = /^(?:Q|第)?(\d{1,2})\s*(?:[、：:.．]|题[、：:.．]?)\s*(?=\D)/i;
const TICKS: ReadonlySet<string | null> = new Set([null, "0", "1", "√", "✓", "✔"]);

/** The questions of a table. 题:选项 in several columns that hold ticks alone is one question of several choices. */
export function questionsOf(
  header: readonly string[],
  places: readonly number[],
  rows: readonly TableRow[],
): AskedColumn[] {
  const isNumbered = places.every((at) => NUMBERED.test(header[at] ?? ""));
  const asked = places.map((at, index) => {
    const name = header[at] ?? "";
    const [mark = "", stated = ""] = NUMBERED.exec(name) ?? [];
    const no = isNumbered ? stated : String(index + 1);
    const title = name.slice(mark.length).trim();
    const [, of, option] = /^(.+?)\s*[:：]\s*([^:：]+)$/s.exec(title) ?? [];
    const isTicked = of !== undefined && rows.every(({ cells }) => TICKS.has(cells[at] ?? null));
    return { at, no, title, of: isTicked ? of : undefined, option: isTicked ? option : undefined };
  });
  return asked.map(({ at, no, title, of, option }) => {
    const first = of === undefined ? undefined : asked.filter((one) => one.of === of);
    const isChoice = first !== undefined && first.length > 1;
    return isChoice
      ? { at, no: first[0]?.no ?? no, title: of ?? title, option: option ?? null, choices: new Set() }
      : { at, no, title, option: null, choices: choicesOf(rows.map(({ cells }) => cells[at] ?? "")) };
  });
}

const HARD = /[┋;；|\n]/;
const SOFT = /\s*[,，、]\s*/;
const parted = (text: string, by: RegExp) =>
  text
    .split(by)
    .map((one) => one.trim())
    .filter((one) => one !== "");

/** What somebody answered with alone, or what stands beside different others in several cells: no sentence does. */
function choicesOf(cells: readonly string[]): Set<string> {
  const answers = [...new Set(cells.flatMap((cell) => parted(cell, HARD)))];
  const alone = answers.filter((one) => !SOFT.test(one));
  const beside = answers.filter((one) => SOFT.test(one)).flatMap((one) => [...new Set(parted(one, SOFT))]);
  return new Set([...alone, ...beside.filter((one, at) => beside.indexOf(one) !== at)]);
}

/** What a cell answers: each of several choices by itself. A comma parts choices, and nothing of what was written. */
export function answersIn(
  { no, title, option, choices }: AskedColumn,
  cell: string | null,
): { no: string; title: string; answer: string }[] {
  if (cell === null || /^[（(](?:空|跳过)[)）]$/.test(cell)) return [];
  if (option !== null) return cell === "0" ? [] : [{ no, title, answer: option }];
  return parted(cell, HARD)
    .flatMap((one) => {
      const parts = parted(one, SOFT);
      return parts.length > 1 && parts.every((part) => choices.has(part)) ? [...new Set(parts)] : [one];
    })
    .map((answer) => ({ no, title, answer }));
}
