import type { ReadPlan } from "../../kit/plan-yaml.ts";
import type { Text } from "../../kit/say.ts";
import { camp } from "./camp.ts";
import type { Check, Checked } from "./checks.ts";
import { content } from "./content.ts";
import { people } from "./people.ts";
import { schedule } from "./schedule.ts";
import { table } from "./table.ts";

export interface Finding {
  /** File as the user named it. */
  file: string;
  /** Of a workbook; the line is then its row. */
  sheet?: string;
  line: number;
  code: string;
  text: Text;
}

const CHECKS: readonly Check[] = [...schedule, ...people, ...content, ...camp, ...table];

/** Everything that is wrong with a plan, by line. */
export function lint(file: string, read: ReadPlan, checked: Omit<Checked, "plan">): Finding[] {
  const broken = read.problems.map(({ line, column, allowed }) => ({
    file,
    line,
    code: "bad_item",
    text: {
      zh: `${column ?? "这一项"} 不对${allowed ? `，应当是：${allowed.zh}` : ""}`,
      en: `${column ?? "the item"} is wrong${allowed ? `; allowed: ${allowed.en}` : ""}`,
    },
  }));
  const { plan } = read;
  const found = plan
    ? CHECKS.flatMap((check) => [...check({ ...checked, plan })]).map(({ code, path, text }) => ({
        file,
        line: read.lineOf(path),
        code,
        text,
      }))
    : [];
  const sheet = read.sheet === undefined ? {} : { sheet: read.sheet };
  return [...broken, ...found]
    .map((one) => ({ ...one, ...sheet }))
    .sort((a, b) => a.line - b.line || (a.code < b.code ? -1 : 1));
}
