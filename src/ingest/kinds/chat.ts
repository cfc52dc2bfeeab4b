import type { KindSpec } from "./kind.ts";

const MARK = "chr(31)";

// An id, or where a log has none, a name that counts inside its group alone. Prefixes are added to the distinct
// ones only (`keys`): no text is built per message.
const SENDER = `coalesce(sender_id, ${MARK} || coalesce(group_id, '') || ':' || sender_name)`;
const FULL_ID = `if(starts_with(id, ${MARK}), 'name:' || id[2:], id_prefix || id)`;
// An event that names nobody is one row with neither.
const SUBJECT = `coalesce(subject_id, ${MARK} || coalesce(group_id, '') || ':' || subject_name)`;
const ACTOR = `coalesce(actor_id, ${MARK} || coalesce(group_id, '') || ':' || actor_name)`;

// A chat of two is called as the other one: that name is in the contacts.
const GROUP_NAME = "if(group_id is null, null, group_name)";

const EVENTS = `
  select *, unnest(coalesce(nullif(subjects, []), nullif(list_transform(subject_names, lambda x: null), []), [null])) as subject_id,
    unnest(coalesce(nullif(subject_names, []), nullif(list_transform(subjects, lambda x: null), []), [null])) as subject_name
  from checked
  where event is not null`;

// Times are converted after the grouping: there are far fewer people than messages.
const PEOPLE = `
  select any_value(record) as record, group_id, ${SENDER} as id, id_prefix, sender_id as raw_id, sender_name as name,
    sender_role as role, to_utc(max(sent_at), sent_at_is_utc) as seen_at
  from checked
  where sender_id is not null or sender_name is not null
  group by group_id, id_prefix, sender_id, sender_name, sender_role, sent_at_is_utc
  union all
  select any_value(record), group_id, ${SUBJECT}, id_prefix,
    subject_id, subject_name, null, to_utc(max(sent_at), sent_at_is_utc)
  from events
  where subject_id is not null or subject_name is not null
  group by group_id, id_prefix, subject_id, subject_name, sent_at_is_utc
  union all
  select any_value(record), group_id, ${ACTOR}, id_prefix,
    actor_id, actor_name, null, to_utc(max(sent_at), sent_at_is_utc)
  from events
  where actor_id is not null or actor_name is not null
  group by group_id, id_prefix, actor_id, actor_name, sent_at_is_utc`;

/** Messages, and notices that became events. A record with `event` and no `type` is an event only. */
export const chat: KindSpec = {
  columns: {
    group_id: "id",
    group_name: "text",
    message_id: "id",
    sender_id: "id",
    sender_name: "text",
    sender_role: "text",
    sent_at: "time",
    type: "text",
    text: "text",
    reply_to: "id",
    mentions: "list",
    event: "text",
    subjects: "list",
    subject_names: "list",
    actor_id: "id",
    actor_name: "text",
    method: "text",
    target_id: "id",
    detail: "text",
    confidence: "number",
    extra: "text",
  },
  time: { column: "sent_at", required: true },
  needs: [],
  refuses: ["id_resaved_by_spreadsheet"],
  rejects: [{ code: "unknown_record", column: "type", when: "type is null and event is null" }],
  tables: { events: EVENTS, people: PEOPLE },
  keys: { from: "people", of: FULL_ID },
  facts: [
    {
      fact: "messages",
      decides: true,
      moments: {
        select:
          "select record, to_utc(sent_at, sent_at_is_utc) as month_at from checked where type is not null",
        id: "message_id",
        alike: "hash(to_utc(sent_at, sent_at_is_utc), coalesce(sender_id, sender_name), normal_text(text))",
      },
      select: `
        select record, to_utc(sent_at, sent_at_is_utc) as month_at, group_id, ${GROUP_NAME} as group_name, message_id, senders.key as person_key,
          sent_at, sent_at_is_utc, type as kind, text, reply_to,
          if(len(mentions) > 0, list_transform(list_filter(mentions, lambda x: x <> '*'), lambda x: person_key(id_prefix || x)), null) as mention_keys,
          coalesce(list_contains(mentions, '*'), false) as mentions_all, extra
        from checked
        left join keys as senders on senders.id = ${SENDER}
        where type is not null`,
    },
    {
      fact: "member_events",
      decides: true,
      select: `
        select record, to_utc(sent_at, sent_at_is_utc) as month_at, group_id, ${GROUP_NAME} as group_name, subject_keys.key as person_key, event,
          sent_at as event_at, sent_at_is_utc as event_at_is_utc, actor_keys.key as actor_key, method, target_id, detail,
          coalesce(confidence, 1) as confidence
        from events
        left join keys as subject_keys on subject_keys.id = ${SUBJECT}
        left join keys as actor_keys on actor_keys.id = ${ACTOR}
        order by events.rowid`,
    },
    {
      fact: "contacts",
      decides: false,
      select: `
        select any_value(record) as record, max(seen_at) as month_at, person_key(${FULL_ID}) as person_key, group_id,
          raw_id is null as has_name_only, raw_id, name, null as phone, null as phone_key, null as email, null as email_key, null as unionid, null as unionid_key,
          null as alias_of_key, role, null as platform, max(seen_at) as seen_at, null as is_opted_out
        from people
        group by id, id_prefix, group_id, raw_id, name, role`,
    },
  ],
};
