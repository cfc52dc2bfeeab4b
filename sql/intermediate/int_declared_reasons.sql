/*
title: Declared reasons for leaving
description: >-
  What a leaver ticked or wrote in an exit survey within 30 days of leaving. Only the answer nearest to the leave counts, and
  of a group that was left twice only for the leave nearest to the answer; an answer of several reasons is split evenly.
grain: [group_id, person_id, nth, reason]
*/
with
    answers as (
        select
            events.group_id,
            events.person_id,
            events.nth,
            events.left_at,
            answers.reason,
            answers.evidence,
            answers.submitted_at
        from
            intermediate.int_survey_reasons as answers
            inner join intermediate.int_person_keys as keys using (person_key)
            inner join marts.churn_events as events on events.person_id = keys.person_id
            and coalesce(answers.group_id, events.group_id) = events.group_id
        where
            answers.is_exit
            and answers.submitted_at between events.left_at - interval 30 day and events.left_at + interval 30 day
        qualify
            rank() over (
                partition by
                    events.group_id,
                    events.person_id,
                    answers.submitted_at
                order by
                    abs(epoch(answers.submitted_at - events.left_at)),
                    events.left_at
            ) = 1
    ),
    near as (
        select
            *,
            rank() over (
                partition by
                    group_id,
                    person_id,
                    nth
                order by
                    abs(epoch(submitted_at - left_at)),
                    submitted_at
            ) as place
        from
            answers
    )
select
    group_id,
    person_id,
    nth,
    reason,
    min(evidence) as evidence
from
    near
where
    place = 1
group by all
