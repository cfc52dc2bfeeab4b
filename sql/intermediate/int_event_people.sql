/*
title: Members at the week's events
description: >-
  Each member who was there when an event of the calendar began in the group, by the week of the event, and whether the
  person took part in one of them: spoke or bought while it ran, two hours where no end is given.
grain: [group_id, person_id, week]
*/
with
    events as (
        select distinct
            group_id,
            week,
            starts_at,
            ends_at
        from
            intermediate.int_events
        where
            -- Nobody takes part in a day off, or in a new SOP.
            type not in ('holiday', 'sop_change')
    ),
    there as (
        select
            events.group_id,
            events.week,
            stays.person_id,
            events.starts_at,
            events.ends_at
        from
            events
            inner join marts.memberships as stays on stays.group_id = events.group_id
            inner join marts.groups as groups on groups.group_id = events.group_id
        where
            stays.is_member
            and groups.messages_from <= events.week
            and coalesce(stays.joined_at <= events.starts_at, true)
            and coalesce(stays.left_at > events.starts_at, true)
    ),
    took_part as (
        select
            there.group_id,
            there.week,
            there.person_id
        from
            there
            inner join marts.messages as messages on messages.group_id = there.group_id
            and messages.person_id = there.person_id
            and messages.sent_at between there.starts_at and there.ends_at
        where
            messages.is_counted
        union
        select
            there.group_id,
            there.week,
            there.person_id
        from
            there
            inner join marts.orders as orders on orders.person_id = there.person_id
            and coalesce(orders.group_id, there.group_id) = there.group_id
            and orders.paid_at between there.starts_at and there.ends_at
        where
            orders.is_counted
    )
select distinct
    there.group_id,
    there.person_id,
    there.week,
    took_part.person_id is not null as took_part
from
    there
    left join took_part using (group_id, week, person_id)
