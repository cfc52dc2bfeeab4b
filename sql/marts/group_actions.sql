/*
title: What was done in a group
description: >-
  How much of each kind of action (sql/seeds/actions.csv) a group saw in a week: from labelled staff messages, the
  staff who spoke, the SOP, the calendar, holidays. A kind that a group never saw has no rows; a week without has none.
grain: [group_id, week, action]
columns:
  group_id: The group.
  week: First day of the local week.
  action: Kind of action.
  amount: How much of it; staff in people, holidays in days, the rest in pieces; an event in each week that it
    touches.
*/
with
    labelled as (
        select
            labels.group_id,
            labels.week,
            labels.label as action,
            count(*) as amount
        from
            marts.message_labels as labels
        where
            labels.is_staff
            and labels.label in ('ad', 'topic', 'benefit', 'welcome')
        group by
            labels.group_id,
            labels.week,
            labels.label
    ),
    staffed as (
        select
            messages.group_id,
            messages.week,
            'staff' as action,
            count(distinct messages.person_id) as amount
        from
            marts.messages
            semi join (
                select
                    person_id
                from
                    marts.people
                where
                    role = 'staff'
            ) as staff using (person_id)
        group by
            messages.group_id,
            messages.week
    ),
    stepped as (
        select
            group_id,
            week,
            'sop_' || status as action,
            count(*) as amount
        from
            marts.sop_adherence
        where
            is_due
            and status in ('missed', 'late')
        group by
            group_id,
            week,
            status
    ),
    -- A sale of two weeks is on in both; one that ends on Monday at 00:00 is not on in the week that begins then.
    planned as (
        select
            coalesce(events.group_id, groups.group_id) as group_id,
            weeks.week,
            'event_' || events.type as action,
            count(*) as amount
        from
            intermediate.int_calendar as events
            inner join marts.groups as groups on events.group_id is null
            or groups.group_id = events.group_id
            inner join intermediate.int_weeks as weeks on weeks.week >= week_of (local_time (events.starts_at))
            and (
                weeks.week = week_of (local_time (events.starts_at))
                or weeks.starts_at < events.ends_at
            )
        group by all
    ),
    special as (
        select
            groups.group_id,
            marks.week,
            marks.kind as action,
            sum(marks.days) as amount
        from
            marts.week_marks as marks
            cross join marts.groups
        where
            -- What the calendar says is an action of its own.
            marks.basis <> 'calendar'
        group by
            groups.group_id,
            marks.week,
            marks.kind
    )
select
    group_id,
    week,
    action,
    amount::double as amount
from
    (
        select
            *
        from
            labelled
        union all
        select
            *
        from
            staffed
        union all
        select
            *
        from
            stepped
        union all
        select
            *
        from
            planned
        union all
        select
            *
        from
            special
    )
    semi join intermediate.int_weeks using (week)
order by
    week,
    group_id
