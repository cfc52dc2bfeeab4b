/*
title: Satisfaction by week
description: >-
  Answers to questions about satisfaction by the week in which they were given, for all groups ('*') and for the groups
  that a survey names. An answer is 1 to 5, in figures (also as 4分 or ★★★★) or in words of sql/seeds/satisfaction.csv;
  others are counted apart, never guessed. Staff, bots, partners and shills are left out.
grain: [group_id, week]
columns:
  group_id: The group, or '*'.
  week: First day of the local week.
  answers: Answers that can be read as 1 to 5.
  satisfied: Of these, 4 or 5.
  unreadable: Answers to such questions that cannot.
checks:
  - satisfied <= answers
*/
with
    asked as (
        select
            answers.group_id,
            week_of (local_time (answers.submitted_at)) as week,
            trim(lower(answers.answer)) as answer
        from
            intermediate.int_survey_answers as answers
            left join intermediate.int_person_keys as keys using (person_key)
            anti join intermediate.int_roles as everywhere on everywhere.group_id = '*'
            and everywhere.person_id = keys.person_id
            -- Partners and shills are so in one group; a survey of no group is answered by who is a member somewhere.
            anti join intermediate.int_roles as here on here.group_id = answers.group_id
            and here.person_id = keys.person_id
            left join (
                select
                    person_id,
                    bool_or(is_member) as is_member
                from
                    marts.memberships
                group by
                    person_id
            ) as stays on stays.person_id = keys.person_id
        where
            not coalesce(answers.is_skipped, false)
            and answers.answer is not null
            and (
                answers.group_id is not null
                or coalesce(stays.is_member, true)
            )
            and exists (
                select
                    1
                from
                    seeds.satisfaction
                where
                    kind = 'question'
                    and contains(lower(answers.question), word)
            )
    ),
    scored as (
        select
            asked.group_id,
            asked.week,
            coalesce(
                words.score::integer,
                try_cast (
                    regexp_extract(
                        asked.answer,
                        '^([1-5])(?:\.0)?\s*(?:分|星|points?|stars?)?$',
                        1
                    ) as integer
                ),
                nullif(
                    length(regexp_extract(asked.answer, '^★{1,5}')),
                    0
                )
            ) as score
        from
            asked
            left join seeds.satisfaction as words on words.kind = 'answer'
            and words.word = asked.answer
    ),
    spread as (
        select
            '*' as group_id,
            week,
            score
        from
            scored
        union all
        select
            group_id,
            week,
            score
        from
            scored
        where
            group_id is not null
    )
select
    group_id,
    week,
    count(score) as answers,
    count(*) filter(score >= 4) as satisfied,
    count(*) - count(score) as unreadable
from
    spread
group by
    group_id,
    week
