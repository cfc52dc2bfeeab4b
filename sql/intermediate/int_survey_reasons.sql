/*
title: Reasons named in surveys
description: >-
  What was ticked or written where a survey asks why somebody left, or what is wrong, mapped by
  sql/seeds/churn_reasons.csv: one row per answer and reason. Of an answer with several reasons each counts, of what it says
  was none (不是因为广告) none, and nothing (没有，都挺好) is none; letters are options of an exit survey alone.
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
    denials as (
        select
            string_agg(
                word,
                '|'
                order by
                    word
            ) as pattern
        from
            seeds.churn_reasons
        where
            kind = 'denial'
    ),
    split as (
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
    ),
    pieces as (
        select
            split.*,
            regexp_replace(
                lower(match_text (piece)),
                denials.pattern,
                '□',
                'g'
            ) as said
        from
            split
            cross join denials
    ),
    named as (
        select
            pieces.*,
            words.reason,
            words.word,
            list(words.word) over (
                partition by
                    pieces.row_key,
                    pieces.piece
            ) as words
        from
            pieces
            left join seeds.churn_reasons as words on (
                words.kind = 'answer'
                and contains(pieces.said, words.word)
            )
            -- AC, and as people part them: A,C and A/C.
            or (
                words.kind = 'letter'
                and pieces.is_exit
                and regexp_full_match(
                    pieces.piece,
                    '[A-Da-d](?:[\s,，./+]*[A-Da-d]){0,3}[\s.。]*'
                )
                and contains(upper(pieces.piece), words.word)
            )
        where
            pieces.piece <> ''
            and not names_nothing (pieces.piece)
    )
select
    row_key,
    person_key,
    survey_id,
    response_id,
    group_id,
    submitted_at,
    is_exit,
    piece,
    coalesce(reason, 'other') as reason,
    min(word) as evidence
from
    named
where
    -- 内容质量 is not 质量 as well, unless that stands there once more.
    word is null
    or len(
        list_filter(
            words,
            lambda longer: longer <> word
            and contains(longer, word)
            and not contains(replace(said, longer, ''), word)
        )
    ) = 0
group by all
