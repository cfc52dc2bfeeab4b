/*
title: Declared reasons for leaving
description: >-
  What a leaver ticked or wrote in an exit survey within 30 days of leaving, mapped by sql/seeds/churn_reasons.csv. Only
  the answer nearest to the leave counts; an answer of several reasons is split evenly.
grain: [group_id, person_id, nth, reason]
*/
with
    answers as (
        select
            keys.person_id,
            answers.group_id,
            answers.submitted_at,
            trim(
                unnest(string_split_regex(answers.answer, '[;；|、\n]'))
            ) as piece
        from
            staging.stg_survey_answers as answers
            inner join intermediate.int_person_keys as keys using (person_key)
        where
            not coalesce(answers.is_skipped, false)
            and answers.answer is not null
            and exists (
                select
                    1
                from
                    seeds.churn_reasons
                where
                    kind = 'question'
                    and contains(lower(answers.question), word)
            )
    ),
    near as (
        select
            events.group_id,
            events.person_id,
            events.nth,
            answers.piece,
            rank() over (
                partition by
                    events.group_id,
                    events.person_id,
                    events.nth
                order by
                    abs(epoch(answers.submitted_at - events.left_at)),
                    answers.submitted_at
            ) as place
        from
            answers
            inner join marts.churn_events as events on events.person_id = answers.person_id
            and coalesce(answers.group_id, events.group_id) = events.group_id
        where
            answers.submitted_at between events.left_at - interval 30 day and events.left_at + interval 30 day
            and answers.piece <> ''
    ),
    mapped as (
        select
            near.group_id,
            near.person_id,
            near.nth,
            near.piece,
            words.reason,
            words.word
        from
            near
            left join seeds.churn_reasons as words on (
                words.kind = 'answer'
                and contains(match_text (near.piece), words.word)
            )
            or (
                words.kind = 'letter'
                and regexp_full_match(near.piece, '[A-Da-d]{1,4}')
                and contains(upper(near.piece), words.word)
            )
        where
            near.place = 1
    )
select
    group_id,
    person_id,
    nth,
    coalesce(reason, 'other') as reason,
    min(word) as evidence
from
    mapped
group by all
