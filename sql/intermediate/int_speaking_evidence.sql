/*
title: Speaking as evidence of membership
description: >-
  Who speaks is there. The first message of a person in a group, and the first after each leave (not within the
  debounce minutes: clocks differ), opens an implied membership where no other is open.
grain: [group_id, person_id, happened_at]
*/
with
    leaves as (
        select
            group_id,
            person_id,
            happened_at as left_at
        from
            intermediate.int_stated_evidence
        where
            kind = 'leave'
    ),
    spoke_on as (
        -- Hardly anyone speaks after leaving: only their messages are looked at one by one.
        select distinct
            days.group_id,
            days.person_id
        from
            intermediate.int_speaking_days as days
            inner join leaves on leaves.group_id = days.group_id
            and leaves.person_id = days.person_id
            and leaves.left_at < days.last_at
    ),
    leavers as (
        select
            messages.group_id,
            messages.person_id,
            messages.sent_at,
            leaves.left_at
        from
            (
                select
                    group_id,
                    person_id,
                    sent_at
                from
                    intermediate.int_messages
                    semi join spoke_on using (group_id, person_id)
                where
                    kind <> 'system'
            ) as messages
            asof inner join leaves on leaves.group_id = messages.group_id
            and leaves.person_id = messages.person_id
            and leaves.left_at < messages.sent_at
    )
select
    group_id,
    person_id,
    min(first_at) as happened_at
from
    intermediate.int_speaking_days
group by
    group_id,
    person_id
union
select
    leavers.group_id,
    leavers.person_id,
    min(leavers.sent_at)
from
    leavers
    cross join config.settings
where
    leavers.sent_at > leavers.left_at + to_minutes(settings.debounce_minutes)
group by
    leavers.group_id,
    leavers.person_id,
    leavers.left_at
