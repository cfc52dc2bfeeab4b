import { type Database, literal } from "../warehouse/database.ts";
import type { SaidBefore } from "./said-before.ts";

/** Shorter texts (+1, 收到) are said everywhere at any time. */
export const MIN_LENGTH = 6;
const SAMPLE = 2000;
/** At least so many of each group: a log of a thousand groups has two of each in a sample of the whole. */
const OF_A_GROUP = 50;
const MIN_SHARED = 5;
const MIN_SHARE = 0.5;

/**
 * SQL: where a minute lies between 0 and 1, the same in every log. Of each log the lowest are looked at, so that two logs of
 * one chat are looked at in the same minutes, however long each of them is.
 */
export const PLACE = "hash(minute)::double / 18446744073709551616.0";

/**
 * Two exporters' logs of one chat merge by ids; where one has none, or states minutes, they would count twice. Adds a
 * doubt to `issues` for each group of the lake, under another name or from another exporter, that says most of what
 * this file says, by several people, within the same minutes.
 * @param partsOf parts of messages from month to month.
 */
export async function suspectOverlaps(
  database: Database,
  importer: string,
  partsOf: (months: { from: string; to: string }) => readonly string[],
  before: SaidBefore,
): Promise<void> {
  const { first, last } = await database.one(
    `select strftime(min(happened_at) - interval 1 day, '%Y-%m') as first, strftime(max(happened_at) + interval 1 day, '%Y-%m') as last from seen_messages`,
  );
  const parts = first === null ? [] : partsOf({ from: String(first), to: String(last) });
  if (parts.length === 0) return;
  await before.read(database, parts);
  await database.run(
    `create table overlap_sample as
     with
       texts as (
         select group_id, coalesce(sender_id, sender_name) as sender, date_trunc('minute', to_utc(sent_at, sent_at_is_utc)) as minute, text
         from checked anti join dup_messages using (record)
         where type = 'text' and length(text) >= ${MIN_LENGTH}
       ),
       shares as (
         select group_id, greatest(${SAMPLE} / sum(count(*)) over (), ${OF_A_GROUP} / count(*)) as share from texts group by group_id
       )
     select texts.group_id, any_value(sender) as sender, minute, hash(normal_text(text)) as said, ${PLACE} as place
     from texts join shares on shares.group_id is not distinct from texts.group_id
     where ${PLACE} < share
     group by all`,
  );
  await database.run(
    `insert into issues (column_name, code, is_reject)
     with
       -- A log is compared only as far as all that it says there is at hand.
       logs as (select log, max(name) as name, min(share) as share from memory.main.chats_before group by log),
       shared as (
         select own.group_id as own, log, name, source_format, share,
           count(distinct (minute, said)) as times, count(distinct sender) as senders, min(minute) as since, max(minute) as until
         from overlap_sample as own
           join memory.main.said_before using (minute, said)
           join (select chat, log, group_id, source_format from memory.main.chats_before) as chats using (chat)
           join logs using (log)
         where place < share and (own.group_id is distinct from chats.group_id or source_format <> ${literal(importer)})
         group by all
       )
     select name || ' · ' || source_format, 'suspected_overlap', false
     from shared
     where times >= ${MIN_SHARED} and senders > 1
       and times >= ${MIN_SHARE} * (
         select count(*) from overlap_sample where group_id is not distinct from own and minute between since and until and place < share
       )`,
  );
}
