/*
title: Steps sent to another group
description: >-
  A due step that nobody sent in its group, while the same text went at that time to a group in which it was no step:
  the text opens like the script and holds as much of it as a match needs.
grain: [due_key]
*/
with
    open as (
        select
            due.due_key,
            due.group_id,
            due.due_at,
            due.on_time_from - (due.missed_after - due.on_time_until) as opens_at,
            due.missed_after,
            steps.text as script,
            left(script_text (steps.text), 8) as opening
        from
            marts.sop_steps_due as due
            inner join marts.sop_steps as steps using (plan_id, revision, step_id)
            left join intermediate.int_step_matches as matches using (due_key)
        where
            due.is_judged
            and due.is_past
            and matches.due_key is null
            and steps.text is not null
    ),
    free as (
        select
            messages.message_key,
            messages.group_id,
            messages.sent_at,
            messages.text,
            left(script_text (messages.text), 8) as opening
        from
            intermediate.int_staff_messages as messages
            left join intermediate.int_step_matches as matches using (message_key, group_id)
        where
            matches.message_key is null
            and messages.text is not null
    ),
    pairs as (
        select
            open.due_key,
            free.message_key,
            free.group_id,
            free.sent_at,
            date_diff('second', open.due_at, free.sent_at) as seconds_late,
            len(
                list_filter(
                    list_distinct(
                        regexp_extract_all(script_text (open.script), '[^\n]{2}')
                    ),
                    lambda pair: contains(script_text (free.text), pair)
                )
            ) / nullif(
                len(
                    list_distinct(
                        regexp_extract_all(script_text (open.script), '[^\n]{2}')
                    )
                ),
                0
            ) as similarity
        from
            open
            inner join free using (opening)
        where
            length(open.opening) >= 4
            and free.group_id <> open.group_id
            and free.sent_at >= open.opens_at
            and free.sent_at <= open.missed_after
    ),
    ranked as (
        select
            *,
            row_number() over (
                partition by
                    due_key
                order by
                    round(similarity, 1) desc,
                    abs(seconds_late),
                    message_key
            ) as nth_of_step,
            row_number() over (
                partition by
                    message_key,
                    group_id
                order by
                    round(similarity, 1) desc,
                    abs(seconds_late),
                    due_key
            ) as nth_of_message
        from
            pairs
            cross join config.settings
        where
            similarity >= settings.script_similarity
    )
select
    due_key,
    message_key,
    group_id,
    seconds_late,
    similarity
from
    ranked
where
    nth_of_step = 1
    and nth_of_message = 1
