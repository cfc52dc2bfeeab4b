/*
title: Days of a camp, for the rules
description: >-
  Members who spoke within 90 minutes of a class, by day of class of the camp, against the first day. A camp whose plan is edited on the way goes on; one whose first class the log does not reach is left out.
grain: [group_id, week, plan_id, day]
columns:
  group_id: The group.
  week: First day of the local week.
  plan_id: The plan of the camp.
  day: Day of class, from 1.
  attended: Members who spoke within 90 minutes of the start.
  first_day: The same on day 1.
  registered: Members present in the week.
*/
with
    classes as (
        select
            due.plan_id,
            plans.starts_on,
            due.group_id,
            due.week,
            min(due.due_at) as starts_at,
            bool_and(due.is_judged) as is_judged,
            row_number() over (
                partition by
                    due.plan_id,
                    plans.starts_on,
                    due.group_id
                order by
                    min(due.due_at)
            ) as day
        from
            marts.sop_steps_due as due
            inner join intermediate.int_plan_groups as plans using (plan_id, revision, group_id)
        where
            due.content_type in ('class', 'live', 'lesson')
            and due.is_past
        group by
            due.plan_id,
            plans.starts_on,
            due.group_id,
            due.week,
            due.due_local_at::date
    ),
    attended as (
        select
            classes.plan_id,
            classes.starts_on,
            classes.group_id,
            classes.week,
            classes.day,
            count(distinct messages.person_id) as attended
        from
            classes
            left join marts.messages on messages.group_id = classes.group_id
            and messages.sent_at between classes.starts_at - interval 10 minute and classes.starts_at + interval 90 minute
            and messages.role = 'member'
            and messages.is_counted
        where
            classes.is_judged
        group by all
    )
select
    attended.group_id,
    attended.week,
    attended.plan_id,
    attended.day,
    max(attended.attended) as attended,
    max(first.attended) as first_day,
    max(counts.members_present) as registered
from
    attended
    inner join attended as first on first.plan_id = attended.plan_id
    and first.starts_on is not distinct from attended.starts_on
    and first.group_id = attended.group_id
    and first.day = 1
    inner join marts.group_weeks as counts on counts.group_id = attended.group_id
    and counts.week = attended.week
group by
    attended.group_id,
    attended.week,
    attended.plan_id,
    attended.day
