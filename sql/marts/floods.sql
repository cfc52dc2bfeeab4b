/*
title: Flooding
description: >-
  Runs of one person's counted messages, each within ten minutes of the one before, that reach floodMin (5) and that
  nobody else's message interrupts (handbook D-14). Pictures within ten seconds of the one before count once. A run
  is a notice and never a strike.
grain: [group_id, person_id, starts_at]
columns:
  group_id: The group.
  person_id: Who sent them.
  week: First day of the local week.
  starts_at: First message (UTC).
  ends_at: Last message (UTC).
  messages: Messages in the run, pictures of one moment once.
  message_key: The first message.
  is_staff: Sent by staff or a bot; listed apart from members.
*/
with
    said as (
        select
            group_id,
            person_id,
            message_key,
            sent_at,
            kind,
            week,
            is_staff
        from
            marts.messages
        where
            is_counted
            and person_id is not null
    ),
    marked as (
        select
            *,
            coalesce(
                person_id <> lag (person_id) over in_order
                or sent_at - lag (sent_at) over in_order > interval 10 minute,
                true
            ) as is_new,
            coalesce(
                person_id <> lead (person_id) over in_order
                or lead (sent_at) over in_order - sent_at > interval 10 minute,
                true
            ) as is_last,
            coalesce(
                kind = 'image'
                and lag (kind) over in_order = 'image'
                and person_id = lag (person_id) over in_order
                and sent_at - lag (sent_at) over in_order <= interval 10 second,
                false
            ) as is_same_moment
        from
            said
        window
            in_order as (
                partition by
                    group_id
                order by
                    sent_at,
                    message_key
            )
    ),
    numbered as (
        select
            *,
            sum(is_new::integer) over (
                partition by
                    group_id
                order by
                    sent_at,
                    message_key rows unbounded preceding
            ) as run
        from
            marked
        where
            -- A lone message floods nobody, and most are.
            not (
                is_new
                and is_last
            )
    )
select
    group_id,
    min(person_id) as person_id,
    min(week) as week,
    min(sent_at) as starts_at,
    max(sent_at) as ends_at,
    count(*) filter(not is_same_moment) as messages,
    min_by(message_key, (sent_at, message_key)) as message_key,
    bool_or(is_staff) as is_staff
from
    numbered
    cross join (
        select
            flood_min
        from
            config.settings
    ) as settings
group by
    group_id,
    run,
    flood_min
having
    count(*) filter(not is_same_moment) >= flood_min
