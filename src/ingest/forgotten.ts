import type { Text } from "../kit/say.ts";
import { type Database, literal, name } from "../warehouse/database.ts";
import type { Fact } from "./facts.ts";
import type { KindSpec } from "./kinds/kind.ts";
import { personalColumns } from "./personal.ts";

/** The session's table of keys whose people were forgotten. */
export const TOMBSTONES = "memory.main.tombstones";
const MARKS = ["phone_key", "email_key", "unionid_key", "alias_of_key"];

/** SQL of each key of somebody who was forgotten. */
export async function forgottenKeys(database: Database): Promise<string[]> {
  return (await database.all(`select key from ${TOMBSTONES}`)).map((row) => literal(String(row["key"])));
}

/**
 * Ids of this file that belong to somebody who was forgotten by a phone number, unionid or the like: whoever comes back with
 * a new id is who they were. They are forgotten from here on, also in files that have the id alone.
 * @returns the new ones.
 */
export async function learnForgotten(database: Database, { facts }: KindSpec): Promise<string[]> {
  const contacts = facts.find(({ fact }) => fact === "contacts");
  if (!contacts || (await forgottenKeys(database)).length === 0) return [];
  await database.run(
    `create table met as select distinct person_key, ${MARKS.map((mark) => `${mark}::varchar as ${mark}`).join(", ")} from (${contacts.select})`,
  );
  const learnt: string[] = [];
  // Somebody's second id may be known by the first one alone.
  for (;;) {
    const found = await database.all(
      `select distinct person_key as key from met
       where person_key not in (select key from ${TOMBSTONES})
         and (${MARKS.map((mark) => `${mark} in (select key from ${TOMBSTONES})`).join(" or ")})`,
    );
    if (found.length === 0) return learnt;
    for (const { key } of found) {
      await database.run(`insert into ${TOMBSTONES} values ($key)`, { key: String(key) });
      learnt.push(String(key));
    }
  }
}

/** A link to somebody who was forgotten is empty, and so is what stands beside it. */
export function withoutForgotten(fact: Fact, column: string, cell: string, keys: readonly string[]): string {
  const { links, content } = personalColumns(fact);
  // As a list: a longer one of `in` is a join, and rows lose their order.
  const gone = (one: string) => `list_contains([${keys.join(", ")}], ${name(one)})`;
  if (links.includes(column)) {
    return cell.endsWith("[]")
      ? `list_filter(${cell}, lambda x: not list_contains([${keys.join(", ")}], x))`
      : `if(${gone(column)}, null, ${cell})`;
  }
  // A calendar is nobody's: nothing in it leads to a person.
  return content.includes(column) && links.length > 0
    ? `if(${links.map(gone).join(" or ")}, null, ${cell})`
    : cell;
}

/** A text that names somebody who was forgotten, known by what no one can read a name from. */
const textKey = (text: string) => `person_key('notice:' || normal_text(${text}))`;

/** SQL: whether a text was emptied, since it named somebody. */
export const isForgottenText = (text: string) => `${textKey(text)} in (select key from ${TOMBSTONES})`;

/** The keys by which texts that were emptied, as notices and cells that name somebody, are known in a later export. */
export async function textKeys(database: Database, texts: readonly string[]): Promise<string[]> {
  if (texts.length === 0) return [];
  const rows = await database.all(
    `select distinct ${textKey("text")} as key from (select unnest([${texts.map(literal).join(", ")}]) as text)`,
  );
  return rows.map((row) => String(row["key"]));
}

/** SQL: rows of somebody who was forgotten, and nobody's notices that named them. */
function isForgotten(fact: Fact): string | null {
  const { own } = personalColumns(fact);
  if (own === null) return null;
  const among = (key: string) => `${key} in (select key from ${TOMBSTONES})`;
  const notice =
    fact === "messages" ? ` or ${name(own)} is null and text is not null and ${isForgottenText("text")}` : "";
  return `(${among(name(own))}${notice})`;
}

/** A record of somebody who was forgotten counts as known: it is not taken in again. */
export function ofForgotten(fact: Fact, row: string): string {
  const is = isForgotten(fact);
  return is === null ? "" : `union select ${row} as row, record from all_${fact} where ${is}`;
}

/** How many records of the file are of people who were forgotten: told, since they count among the duplicates. */
export async function forgottenNote(database: Database, facts: readonly Fact[]): Promise<Text[]> {
  const notes: Text[] = [];
  for (const fact of facts) {
    const is = isForgotten(fact);
    if (is === null || fact === "contacts") continue;
    const { n } = await database.one(`select count(distinct record) as n from all_${fact} where ${is}`);
    if (Number(n) > 0)
      notes.push({
        zh: `${n} 行是已经删除的人的，没有入库`,
        en: `${n} rows are of people who were forgotten, and not taken in`,
      });
  }
  return notes;
}
