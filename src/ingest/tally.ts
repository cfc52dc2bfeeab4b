import type { Database } from "../warehouse/database.ts";
import type { KindSpec } from "./kinds/kind.ts";

/** What became of a file's records, and the time (UTC) and the groups that they speak of. */
export interface Tally {
  read: number;
  accepted: number;
  duplicate: number;
  rejected: number;
  from: string | null;
  to: string | null;
  groups: string[];
}

/**
 * read = accepted + duplicate + rejected, where read is counted at the reader and the others at the end.
 * A record is a duplicate when none of its rows in the facts that decide is new.
 * @throws Error when a record vanished on the way: a bug, never the data's fault.
 */
export async function tallyOf(database: Database, { columns, facts: all }: KindSpec): Promise<Tally> {
  const facts = all.filter(({ decides }) => decides).map(({ fact }) => fact);
  const [first, ...others] = facts;
  const more = others.map((fact) => `select distinct record from seen_${fact}`).join(" union ");
  const doubles = facts.map((fact) => `select distinct record from dup_${fact}`).join(" union ");
  const fresh = facts
    .map((fact) => `select record from seen_${fact} anti join dup_${fact} using (row)`)
    .join(" union all ");
  const counts = await database.one(
    `select (select count(*) from records) as records,
       (select count(*) from issues where is_reject and record is null) as unread,
       (select count(*) from issues where is_reject) as rejected,
       (select count(${all.find(({ fact }) => fact === first)?.moments ? "*" : "distinct record"}) from seen_${first}) ${more ? `+ (select count(*) from (${more}) anti join seen_${first} using (record))` : ""} as kept,
       (select count(*) from (${doubles}) anti join (${fresh}) as fresh using (record)) as duplicate`,
  );
  const read = Number(counts["records"]) + Number(counts["unread"]);
  const [rejected, kept, duplicate] = [counts["rejected"], counts["kept"], counts["duplicate"]].map(
    Number,
  ) as [number, number, number];
  if (read !== kept + rejected) {
    throw new Error(`${read} records were read, but ${kept} kept and ${rejected} rejected`);
  }
  const times = facts.map(
    (fact) => `select min(happened_at) as first, max(happened_at) as last from seen_${fact}`,
  );
  const span = await database.one(
    `select min(first) as first, max(last) as last from (${times.join(" union all ")})`,
  );
  return {
    read,
    accepted: kept - duplicate,
    duplicate,
    rejected,
    from: span["first"] === null ? null : String(span["first"]),
    to: span["last"] === null ? null : String(span["last"]),
    groups: await groupsOf(database, "group_id" in columns),
  };
}

/** Ids of the groups that the file speaks of. */
async function groupsOf(database: Database, hasGroups: boolean): Promise<string[]> {
  if (!hasGroups) return [];
  const rows = await database.all(
    "select distinct group_id from checked where group_id is not null order by group_id",
  );
  return rows.map((row) => String(row["group_id"]));
}
