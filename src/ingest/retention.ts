import type { Config } from "../config.ts";
import type { Text } from "../kit/say.ts";
import { type Database, literal, name } from "../warehouse/database.ts";
import type { Fact } from "./facts.ts";
import { personalColumns } from "./personal.ts";

/** What fupan.yaml calls a kind of data, as facts. Bookkeeping without people and without a month stays. */
const FACTS_OF: Readonly<Record<keyof Config["retention"], readonly (Fact | "rejects")[]>> = {
  messages: ["messages"],
  members: ["member_events", "member_snapshots"],
  orders: ["orders", "order_items", "refunds"],
  surveys: ["survey_answers"],
  rejects: ["rejects"],
};

/**
 * First month of each fact that is still kept, "2024-11": the current month and as many before it as fupan.yaml says.
 * Months of UTC, as the lake has them; each goes as a whole, so nothing goes before its time.
 */
export function firstKept(
  { retention }: Pick<Config, "retention">,
  now: Date,
): Map<Fact | "rejects", string> {
  const months = now.getUTCFullYear() * 12 + now.getUTCMonth();
  const kept = new Map<Fact | "rejects", string>();
  for (const [kind, count] of Object.entries(retention)) {
    if (count === undefined) continue;
    const first = months - count;
    const label = `${String(Math.floor(first / 12)).padStart(4, "0")}-${String((first % 12) + 1).padStart(2, "0")}`;
    for (const fact of FACTS_OF[kind as keyof Config["retention"]]) kept.set(fact, label);
  }
  return kept;
}

/** The session's table that tells imports what is past its time. */
export async function createRetention(database: Database, kept: ReadonlyMap<string, string>): Promise<void> {
  await database.run("create table retention (fact varchar, first_month varchar)");
  for (const [fact, month] of kept)
    await database.run("insert into retention values ($fact, $month)", { fact, month });
}

/**
 * SQL: rows of a fact that are past their time, which count as known and are not taken in again; and contacts of
 * those who are in such rows only. Empty where nothing is.
 * @param before facts of the same file that were computed already.
 */
export async function pastRetention(
  database: Database,
  fact: Fact,
  row: string,
  before: readonly Fact[],
): Promise<string> {
  const limits = await limitsOf(database);
  if (fact !== "contacts") {
    const first = limits.get(fact);
    return first === undefined
      ? ""
      : `union select row, record from seen_${fact} where ${isPast("happened_at", first)}`;
  }
  const keys = (isKept: boolean) =>
    before
      .flatMap((one) => {
        const { own, links } = personalColumns(one);
        const first = limits.get(one);
        const past = first === undefined ? "false" : `coalesce(${isPast("month_at", first)}, false)`;
        return [...(own === null ? [] : [own]), ...links]
          .filter((column) => !column.endsWith("_keys"))
          .map(
            (column) =>
              `select ${name(column)} as key from all_${one} where ${isKept ? `not ${past}` : past}`,
          );
      })
      .join(" union all ");
  if (!before.some((one) => limits.has(one))) return "";
  return `union select ${row} as row, record from all_contacts where ${isAmong(keys(false))} and not ${isAmong(keys(true))}`;
}

/** SQL: whether a contact goes by one of the keys that a select lists. */
export function isAmong(keys: string): string {
  const list = `(select key from (${keys}) where key is not null)`;
  const columns = ["person_key", "phone_key", "email_key", "unionid_key"];
  return `(${columns.map((column) => `coalesce(${column} in ${list}, false)`).join(" or ")})`;
}

/** How many records of the file are past their time: told, since they count among the duplicates. */
export async function pastNote(database: Database, facts: readonly Fact[]): Promise<Text[]> {
  const limits = await limitsOf(database);
  const notes: Text[] = [];
  for (const fact of facts) {
    const first = limits.get(fact);
    if (first === undefined || fact === "contacts") continue;
    const { n } = await database.one(
      `select count(distinct record) as n from seen_${fact} where ${isPast("happened_at", first)}`,
    );
    if (Number(n) > 0)
      notes.push({
        zh: `${n} 行早于 ${first}，过了保留期（fupan.yaml 的 retention），没有入库`,
        en: `${n} rows are from before ${first}: past their retention in fupan.yaml, and not taken in`,
      });
  }
  return notes;
}

function isPast(column: string, first: string): string {
  return `strftime(${column}, '%Y-%m') < ${literal(first)}`;
}

async function limitsOf(database: Database): Promise<Map<string, string>> {
  const rows = await database.all("select fact, first_month from retention");
  return new Map(rows.map((row) => [String(row["fact"]), String(row["first_month"])]));
}
