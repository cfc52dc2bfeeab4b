/*
title: Messages of the staff
description: >-
  What employees and bots said, with the text: the only messages that a step of an SOP or the answer to a member can
  be. Recalled ones are left out.
grain: [message_key, group_id]
*/
with
    staff as (
        select
            keys.person_key,
            keys.person_id,
            roles.role
        from
            intermediate.int_roles as roles
            inner join intermediate.int_person_keys as keys using (person_id)
        where
            roles.group_id = '*'
            and roles.role in ('staff', 'bot')
    ),
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
    staff.person_id,
    staff.role,
    messages.message_id,
    messages.sent_at,
    messages.kind,
    left(messages.text, 2000) as text,
    messages.reply_to,
    messages.mention_keys,
    coalesce(messages.mentions_all, false)
    or coalesce(calls_everyone (messages.text), false) as is_to_everyone,
    not is_to_everyone
    and (
        messages.reply_to is not null
        or coalesce(len(messages.mention_keys) > 0, false)
        or starts_with(ltrim(messages.text), '@')
    ) as is_directed
from
    staging.stg_messages as messages
    inner join staff using (person_key)
    left join seeds.message_kinds as kinds using (kind)
    left join recalled using (group_id, message_id)
where
    recalled.message_id is null
    and coalesce(kinds.is_counted = 'true', true)
