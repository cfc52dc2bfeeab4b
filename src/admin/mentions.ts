import { FACTS, type Fact } from "../ingest/facts.ts";
import type { Text } from "../kit/say.ts";
import { type Database, literal, name } from "../warehouse/database.ts";
import { rowsOf } from "../warehouse/lake.ts";

/** Records that still name somebody in a text that is not theirs, by fact. */
export type Mentions = Record<string, number>;

const CALLED: Readonly<Record<string, Text>> = {
  messages: { zh: "消息", en: "messages" },
  survey_answers: { zh: "问卷回答", en: "survey answers" },
  calendar_events: { zh: "日历", en: "calendar events" },
  plan_steps: { zh: "SOP 步骤", en: "SOP steps" },
};
const OTHER: Text = { zh: "其他记录", en: "other records" };

/**
 * What others wrote about somebody stays, so it is counted: messages, answers, notes of the calendar, owners and texts
 * of plans, groups that are called after them. Contacts are left out: somebody else may have the same name.
 * @param pattern what tells of the person wherever it stands.
 */
export async function mentionsOf(
  database: Database,
  lake: string,
  parts: readonly { fact: string; path: string }[],
  pattern: string | null,
): Promise<Mentions> {
  const found: Mentions = {};
  if (pattern === null) return found;
  for (const fact of Object.keys(FACTS) as Fact[]) {
    const files = parts.filter((part) => part.fact === fact).map(({ path }) => literal(`${lake}/${path}`));
    const texts = Object.entries(FACTS[fact]).filter(
      ([column, type]) =>
        type === "VARCHAR" && (column === "group_id" || !/_keys?$|_id$|^extra$|^source_format$/.test(column)),
    );
    if (fact === "contacts" || files.length === 0 || texts.length === 0) continue;
    const named = texts.map(
      ([column]) => `coalesce(regexp_matches(${name(column)}, ${literal(pattern)}), false)`,
    );
    const row = await database.one(
      `select count(*) filter (${named.join(" or ")}) as n from ${rowsOf(fact, files)}`,
    );
    if (Number(row["n"]) > 0) found[fact] = Number(row["n"]);
  }
  return found;
}

/** 消息 2、日历 1 */
export function mentionsIn(mentions: Mentions): Text {
  const each = Object.entries(mentions).map(([fact, count]) => ({ called: CALLED[fact] ?? OTHER, count }));
  return {
    zh: each.map(({ called, count }) => `${called.zh} ${count} 条`).join("、"),
    en: each.map(({ called, count }) => `${count} ${called.en}`).join(", "),
  };
}
