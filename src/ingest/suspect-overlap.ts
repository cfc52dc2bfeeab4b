import { type Database, literal } from "../warehouse/database.ts";

/** Shorter texts (+1, 收到) are said everywhere at any time. */
const MIN_LENGTH = 6;
const SAMPLE = 2000;
const MIN_SHARED = 5;
const MIN_SHARE = 0.5;

/**
 * Two exporters' logs of one chat merge by ids; where one has none, or states minutes, they would count twice. Adds a
 * doubt to `issues` for each group of the lake, under another name or from another exporter, that says most of what
 * this file says, by several people, within the same minutes.
 * @param partsOf parts of messages from month to month.
 */
export async function suspectOverlaps(
  database: Database,
  importer: string,
  partsOf: (from: string, to: string) => readonly string[],
): Promise<void> {
  const { first, last } = await database.one(
    `select strftime(min(happened_at) - interval 1 day, '%Y-%m') as first, strftime(max(happened_at) + interval 1 day, '%Y-%m') as last from seen_messages`,
  );
  const parts = first === null ? [] : partsOf(String(first), String(last));
  if (parts.length === 0) return;
  await database.run(
    `create table overlap_sample as
     select group_id, any_value(sender) as sender, minute, said
     from (
       select group_id, coalesce(sender_id, sender_name) as sender, date_trunc('minute', to_utc(sent_at, sent_at_is_utc)) as minute, normal_text(text) as said
       from checked anti join dup_messages using (record)
       where type = 'text' and length(text) >= ${MIN_LENGTH}
     )
     group by group_id, minute, said order by hash(minute, said) limit ${SAMPLE}`,
  );
  await database.run(
    `insert into issues (column_name, code, is_reject)
     with
       listed as (
         select group_id, group_name, source_format, date_trunc('minute', to_utc(sent_at, sent_at_is_utc)) as minute, text
         from read_parquet([${parts.map(literal).join(", ")}], hive_partitioning = false)
       ),
       shared as (
         select said.group_id as own, listed.group_id, any_value(coalesce(group_name, listed.group_id)) as name, source_format,
           count(distinct (minute, said)) as times, count(distinct sender) as senders, min(minute) as since, max(minute) as until
         from overlap_sample as said join listed using (minute)
         where normal_text(text) = said and (said.group_id is distinct from listed.group_id or source_format <> ${literal(importer)})
         group by own, listed.group_id, source_format
       )
     select name || ' · ' || source_format, 'suspected_overlap', false
     from shared
     where times >= ${MIN_SHARED} and senders > 1
       and times >= ${MIN_SHARE} * (select count(*) from overlap_sample where group_id is not distinct from own and minute between since and until)`,
  );
}
