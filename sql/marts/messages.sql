/*
title: Messages
description: >-
  Every message of a group without its text, with what the lexicon or an operator says it is. Labels are evidence, not
  truth: a count of them is "at least" (docs/labels.md).
grain: [message_key, group_id]
grainCheckedBy: intermediate.int_messages
columns:
  message_key: Key of the message; may change with a new version of DuckDB.
  group_id: The group.
  person_id: Sender; null for notices.
  sent_at: UTC.
  local_at: The workspace's time zone.
  week: First day of the local week.
  kind: text, image, … (sql/seeds/message_kinds.csv).
  text_length: Bytes of the text.
  role: The sender's role in the group (member, staff, bot, partner, shill).
  is_staff: Sent by staff (bots and partners are none).
  is_counted: Counts as activity (metrics.md 2).
  is_recalled: Was recalled.
  is_organic: Counted, and neither an acknowledgement, nor within 5 minutes after a red packet, nor by a shill or bot.
  is_ad: Promotes something (offer, price, way to buy, urgency; two of them from staff, three from a member).
  is_complaint: A member complains.
  is_question: A member asks.
  is_purchase_intent: A member wants to buy or says so.
  is_benefit: Staff offers a benefit.
  is_welcome: Staff or a bot welcomes newcomers.
  is_greeting: Begins with a greeting.
  is_acknowledgement: Nothing but 收到, 谢谢, 1, emoji and the like, or a sticker.
  is_topic: Staff opens a topic or asks the group.
  is_solitaire: A 接龙 list.
  reply_to: message_key of the quoted message; null when none or not imported.
  mentions: Mentioned persons (person_id), `*` for everyone; null when nobody.
*/
with
    replies as (
        select
            messages.message_key,
            messages.group_id,
            min(quoted.message_key) as reply_to
        from
            staging.stg_messages as quoted
            inner join staging.stg_messages as messages on messages.group_id = quoted.group_id
            and messages.reply_to = quoted.message_id
        where
            messages.reply_to is not null
        group by all
    ),
    names as (
        select
            contacts.group_id,
            contacts.name,
            min(keys.person_id) as person_id
        from
            staging.stg_contacts as contacts
            inner join intermediate.int_person_keys as keys using (person_key)
        where
            contacts.group_id is not null
            and contacts.name is not null
        group by
            contacts.group_id,
            contacts.name
        having
            count(distinct keys.person_id) = 1
    ),
    stated_mentions as (
        select
            mentioned.message_key,
            mentioned.group_id,
            keys.person_id
        from
            (
                select
                    message_key,
                    group_id,
                    unnest(mention_keys) as person_key
                from
                    staging.stg_messages
                where
                    mention_keys is not null
            ) as mentioned
            inner join intermediate.int_person_keys as keys using (person_key)
    ),
    -- Most chat logs print a mention as @name and U+2005 only.
    named_mentions as (
        select
            mentioned.message_key,
            mentioned.group_id,
            names.person_id
        from
            (
                select
                    message_key,
                    group_id,
                    unnest(
                        regexp_extract_all(text, '@([^\s\x{2005}@]{1,32})[\x{2005}\s]', 1)
                    ) as name
                from
                    staging.stg_messages
                where
                    mention_keys is null
                    and contains(text, '@')
            ) as mentioned
            inner join names using (group_id, name)
    ),
    everyone as (
        select
            message_key,
            group_id,
            '*' as person_id
        from
            staging.stg_messages
        where
            mentions_all
            or calls_everyone (text)
    ),
    mentions as (
        select
            message_key,
            group_id,
            list(distinct person_id) as mentions
        from
            (
                select
                    *
                from
                    stated_mentions
                union all
                select
                    *
                from
                    named_mentions
                union all
                select
                    *
                from
                    everyone
            )
        group by
            message_key,
            group_id
    )
select
    messages.message_key,
    messages.group_id,
    messages.person_id,
    messages.sent_at,
    messages.local_at,
    messages.week,
    messages.kind,
    messages.text_length,
    messages.role,
    messages.is_staff,
    messages.is_counted,
    messages.is_recalled,
    messages.is_counted
    and not messages.is_acknowledgement
    and not messages.is_after_packet
    and messages.role not in ('shill', 'bot') as is_organic,
    messages.is_ad,
    messages.is_complaint,
    messages.is_question,
    messages.is_purchase_intent,
    messages.is_benefit,
    messages.is_welcome,
    messages.is_greeting,
    messages.is_acknowledgement,
    messages.is_topic,
    messages.is_solitaire,
    replies.reply_to,
    mentions.mentions
from
    intermediate.int_messages as messages
    left join replies using (message_key, group_id)
    left join mentions using (message_key, group_id)
