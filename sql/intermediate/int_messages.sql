/*
title: Messages with their person
description: Messages in UTC and local time, with the person who sent them and whether they count (metrics.md 2).
grain: [message_key, group_id]
*/
with
    recalled as (
        select distinct
            group_id,
            target_id as message_id
        from
            staging.stg_member_events
        where
            event = 'recall'
            and target_id is not null
    )
select
    messages.message_key,
    messages.group_id,
    keys.person_id,
    messages.sent_at,
    local_time (messages.sent_at) as local_at,
    week_of (local_time (messages.sent_at)) as week,
    messages.kind,
    strlen(messages.text) as text_length,
    recalled.message_id is not null as is_recalled,
    keys.person_id is not null
    and recalled.message_id is null
    and coalesce(kinds.is_counted = 'true', true) as is_counted
from
    staging.stg_messages as messages
    left join intermediate.int_person_keys as keys using (person_key)
    left join recalled using (group_id, message_id)
    left join seeds.message_kinds as kinds using (kind)
