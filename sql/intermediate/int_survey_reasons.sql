/*
title: Reasons named in surveys
description: >-
  What was ticked or written where a survey asks why somebody left, or what is wrong, mapped by
  sql/seeds/churn_reasons.csv: one row per answer and reason. Of an answer with several reasons each counts; letters are
  options of an exit survey alone.
grain: [row_key, piece, reason]
*/
with
    asked as (
        select
            answers.*,
            exists (
                select
                    1
                from
                    seeds.churn_reasons
                where
                    kind = 'question'
                    and contains(lower(answers.question), word)
            ) as is_exit
        from
            intermediate.int_survey_answers as answers
        where
            not coalesce(answers.is_skipped, false)
            and answers.answer is not null
    ),
    pieces as (
        select
            *,
            trim(unnest(string_split_regex(answer, '[;；|、\n]'))) as piece
        from
            asked
        where
            is_exit
            or exists (
                select
                    1
                from
                    seeds.churn_reasons
                where
                    kind = 'wrong'
                    and contains(lower(asked.question), word)
            )
    )
select
    pieces.row_key,
    pieces.person_key,
    pieces.survey_id,
    pieces.response_id,
    pieces.group_id,
    pieces.submitted_at,
    pieces.is_exit,
    pieces.piece,
    coalesce(words.reason, 'other') as reason,
    min(words.word) as evidence
from
    pieces
    left join seeds.churn_reasons as words on (
        words.kind = 'answer'
        and contains(match_text (pieces.piece), words.word)
    )
    or (
        words.kind = 'letter'
        and pieces.is_exit
        and regexp_full_match(pieces.piece, '[A-Da-d]{1,4}')
        and contains(upper(pieces.piece), words.word)
    )
where
    pieces.piece <> ''
group by all
