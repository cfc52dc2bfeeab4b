/*
title: Candidates of the due steps
description: >-
  Which message of the staff could be which due step by its time alone: in the step's group, no earlier before the due
  time than it may be late after it. Joined by day, so that the work grows with the days and not with their square.
grain: [due_key, message_key]
*/
with
    due as (
        select
            due_key,
            plan_id,
            revision,
            step_id,
            group_id,
            person_id,
            due_at,
            on_time_from - (missed_after - on_time_until) as opens_at,
            missed_after
        from
            marts.sop_steps_due
        where
            is_judged
            and is_past
    ),
    due_days as (
        select
            *,
            unnest(
                generate_series(
                    opens_at::date::timestamp,
                    missed_after::date::timestamp,
                    interval 1 day
                )
            )::date as day
        from
            due
    )
select
    due_days.due_key,
    due_days.plan_id,
    due_days.revision,
    due_days.step_id,
    due_days.group_id,
    due_days.person_id,
    messages.message_key,
    date_diff('second', due_days.due_at, messages.sent_at) as seconds_late
from
    due_days
    inner join intermediate.int_staff_messages as messages on messages.group_id = due_days.group_id
    and messages.sent_at::date = due_days.day
where
    messages.sent_at >= due_days.opens_at
    and messages.sent_at <= due_days.missed_after
