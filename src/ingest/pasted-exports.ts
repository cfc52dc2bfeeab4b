import type { Text } from "../kit/say.ts";
import type { Database } from "../warehouse/database.ts";
import type { KindSpec } from "./kinds/kind.ts";

/** So many records of an export, one behind the other, that stand a second time where the clock went back are an export of their own. */
const PROOF = 5;
/** Fewer, and no fewer than these, are only told of. */
const DOUBT = 2;
/** Alike records beyond these are a flood, and say nothing of where one stands. */
const FLOOD = 20;

/** How a file of several exports is to be read; `of` is SQL of `record` and `part`. */
export interface Pasted {
  of: string;
  /** When each export but the first begins to repeat, as the file states it. */
  since: string[];
  /** The same where it is too little to be sure. */
  doubts: { at: string; records: number }[];
}

/**
 * Whether a log is several exports of a chat, one pasted behind the other. Each is a window of the chat, and a log's
 * clock goes back only where a phone was offline: where it goes back and the same records follow that stood there before
 * (time, sender, text, in the same order, over more than one moment), another window begins. Nothing else is taken for
 * one: real repeats within an export have times that do not go back over others.
 * Fills `exports` with the records of the later ones.
 */
export async function findExports(database: Database, kind: KindSpec): Promise<Pasted | undefined> {
  if (!kind.facts.some(({ fact }) => fact === "messages")) return undefined;
  // A message with an id is known again by it.
  const [nameless] = await database.all("select 1 from checked where message_id is null limit 1");
  if (!nameless) return undefined;
  // Nearly every log ends here: in the order of the table, which is told without sorting it.
  const { back, ahead } = await database.one(
    `select count(*) filter (moment < before) as back, count(*) filter (moment > before) as ahead from (
       select moment, lag(moment) over () as before from (select record, to_utc(sent_at, sent_at_is_utc) as moment from checked)
     )`,
  );
  if (Number(back) === 0) return undefined;
  // A log of the newest first goes back from line to line.
  const against = Number(back) > Number(ahead) ? ">" : "<";
  if (against === ">" && Number(ahead) === 0) return undefined;
  await database.run(
    `create table in_order as
     select *, row_number() over in_group as i, coalesce(moment ${against} lag(moment) over in_group, false) as is_back
     from (
       select record, group_id, sent_at, to_utc(sent_at, sent_at_is_utc) as moment,
         hash(to_utc(sent_at, sent_at_is_utc), sender_id, sender_name, type, event, subjects, subject_names, normal_text(text)) as said
       from checked
     )
     window in_group as (partition by group_id order by record)`,
  );
  if ((await database.all("select 1 from in_order where is_back limit 1")).length === 0) return undefined;
  await database.run(
    `create table repeated_runs as
     with
       few as (select group_id, said from in_order group by all having count(*) between 2 and ${FLOOD}),
       known as (select group_id, said, i, moment, sent_at from in_order semi join few on few.said = in_order.said and few.group_id is not distinct from in_order.group_id),
       pairs as (
         select later.group_id, later.i, later.moment, later.sent_at, later.i - earlier.i as apart
         from known as later join known as earlier on later.said = earlier.said and later.group_id is not distinct from earlier.group_id and earlier.i < later.i
       ),
       runs as (
         select group_id, apart, min(i) as first, min_by(sent_at, i) as since, count(*) as records, count(distinct moment) as moments
         from (select *, i - row_number() over (partition by group_id, apart order by i) as run from pairs)
         group by group_id, apart, run
       )
     select runs.*, max(back.i) as begins
     from runs join in_order as back on back.is_back and back.group_id is not distinct from runs.group_id and back.i <= runs.first and back.i > runs.first - apart
     where records >= ${DOUBT} and moments > 1
     group by all`,
  );
  await database.run(
    `create table exports as
     with begun as (select distinct group_id, begins from repeated_runs where records >= ${PROOF})
     select record, count(*) as part from in_order join begun on begun.group_id is not distinct from in_order.group_id and begins <= i group by record`,
  );
  const told = await database.all(
    `select begins, strftime(min(since), '%Y-%m-%d %H:%M') as since, max(records)::integer as records, max(records) >= ${PROOF} as is_proof
     from repeated_runs group by group_id, begins order by group_id, begins`,
  );
  const of = (isProof: boolean) =>
    told
      .filter((one) => one["is_proof"] === isProof)
      .map(({ since, records }) => ({ at: String(since), records: Number(records) }));
  return { of: "exports", since: of(true).map(({ at }) => at), doubts: of(false) };
}

/** What is said of it, with how many records of the file stand in it twice. */
export async function pastedNotes(database: Database, pasted: Pasted | undefined): Promise<Text[]> {
  if (!pasted) return [];
  const { since, doubts } = pasted;
  const notes: Text[] = [];
  if (since.length > 0) {
    const { n } = await database.one(
      "select count(*) as n from (select record from twins_messages where is_double union select record from twins_member_events where is_double)",
    );
    const shown = { zh: since.slice(0, 3).join("、"), en: since.slice(0, 3).join(", ") };
    notes.push({
      zh: `文件里接着 ${since.length + 1} 份导出（时间往回，又从 ${shown.zh} 起重复）：重叠的 ${Number(n)} 条只算一次`,
      en: `the file is ${since.length + 1} exports, one behind the other (its clock goes back and it repeats from ${shown.en}): ${Number(n)} records stand in more than one and count once`,
    });
  }
  const [first] = doubts;
  if (first)
    notes.push({
      zh: `从 ${first.at} 起有 ${first.records} 条与前面的完全一样，时间也往回：可能是两份导出接在一起。太少，不能确定，都算了；若是，请分成两个文件导入，重叠的会自动只算一次`,
      en: `from ${first.at} on ${first.records} records are the same as earlier ones, and the clock goes back: this may be two exports in one file. They are too few to be sure, so all count; if so, import the two as files of their own, and what overlaps counts once`,
    });
  return notes;
}
