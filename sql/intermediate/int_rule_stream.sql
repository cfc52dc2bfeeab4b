/*
title: The stream of messages for the rules
description: >-
  Per group and week what the order of the messages shows. A flood is a run of one member, gaps of 10 minutes at most, that nobody interrupts; pictures within 10 seconds count once. Messages of one sender, second and text are the same message read twice, in a log that tells seconds.
grain: [group_id, week]
*/
with
    stream as (
        select
            messages.group_id,
            messages.week,
            messages.person_id,
            messages.role,
            messages.sent_at,
            messages.message_key,
            lag (messages.person_id) over before as last_person,
            lag (messages.sent_at) over before as last_at,
            messages.kind,
            messages.text_length,
            messages.kind = 'image'
            and lag (messages.kind) over before = 'image' as is_picture_again
        from
            marts.messages
        where
            messages.is_counted
            and not messages.is_recalled
            and messages.week >= (
                select
                    min(week)
                from
                    intermediate.int_rule_weeks
            )
        window
            before as (
                partition by
                    messages.group_id
                order by
                    messages.sent_at,
                    messages.message_key
            )
    ),
    steps as (
        select
            *,
            coalesce(person_id = last_person, false) as is_same_person,
            sent_at - last_at as gap
        from
            stream
    ),
    -- People say two short words in a minute, and many logs tell no more of the time than that.
    -- Which of one second came first nobody knows, so neighbours would tell nothing.
    alike as (
        select
            group_id,
            person_id,
            sent_at,
            kind,
            text_length
        from
            stream
        where
            role is not null
            and person_id is not null
        group by
            group_id,
            person_id,
            sent_at,
            kind,
            text_length
        having
            count(*) > 1
    ),
    repeats as (
        select
            group_id,
            week,
            sum(messages - 1)::bigint as duplicate_messages
        from
            (
                select
                    stream.group_id,
                    stream.week,
                    count(*) as messages
                from
                    stream
                    inner join alike using (group_id, person_id, sent_at, kind, text_length)
                    inner join staging.stg_messages as texts on texts.message_key = stream.message_key
                    and texts.group_id = stream.group_id
                where
                    texts.text is not null
                group by
                    stream.group_id,
                    stream.week,
                    stream.person_id,
                    stream.sent_at,
                    stream.kind,
                    texts.text
            )
        group by
            group_id,
            week
    ),
    runs as (
        select
            *,
            sum(
                if (
                    is_same_person
                    and gap <= interval 10 minute,
                    0,
                    1
                )
            ) over (
                partition by
                    group_id
                order by
                    sent_at,
                    message_key rows unbounded preceding
            ) as run
        from
            steps
        where
            not coalesce(
                is_picture_again
                and is_same_person
                and gap <= interval 10 second,
                false
            )
    ),
    floods as (
        select
            group_id,
            min(week) as week,
            min(person_id) as person_id,
            min(role) as role,
            count(*) as messages
        from
            runs
        group by
            group_id,
            run
        having
            count(*) >= 5
    ),
    flood_weeks as (
        select
            group_id,
            week,
            count(*) filter(role = 'member') as floods,
            count(*) filter(
                role = 'member'
                and messages >= 6
            ) as floods_6,
            count(distinct person_id) filter(role = 'member') as flooders,
            count(distinct person_id) filter(
                role = 'member'
                and messages >= 6
            ) as flooders_6
        from
            floods
        group by
            group_id,
            week
    )
select
    steps.group_id,
    steps.week,
    count(*) as messages_read,
    if (
        bool_or(second(steps.sent_at) <> 0),
        coalesce(any_value(repeats.duplicate_messages), 0),
        0
    ) as duplicate_messages,
    max(epoch(steps.gap)) / 3600 as longest_gap_hours,
    max(steps.sent_at) as last_at,
    max(steps.sent_at) filter(steps.role = 'member') as last_member_at,
    coalesce(any_value(floods.floods), 0) as floods,
    coalesce(any_value(floods.floods_6), 0) as floods_6,
    coalesce(any_value(floods.flooders), 0) as flooders,
    coalesce(any_value(floods.flooders_6), 0) as flooders_6
from
    steps
    left join flood_weeks as floods on floods.group_id = steps.group_id
    and floods.week = steps.week
    left join repeats on repeats.group_id = steps.group_id
    and repeats.week = steps.week
group by
    steps.group_id,
    steps.week
