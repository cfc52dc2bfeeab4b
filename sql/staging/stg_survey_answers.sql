/*
title: Survey answers
description: One row per chosen option or free answer of a survey in UTC, known at as_of. The same answer in two layouts of one survey is one.
grain: [row_key]
*/
select
    survey_answers.row_key,
    survey_answers.survey_id,
    survey_answers.response_id,
    survey_answers.person_key,
    survey_answers.group_id,
    utc_time (
        survey_answers.submitted_at,
        survey_answers.submitted_at_is_utc
    ) as submitted_at,
    survey_answers.question_no,
    survey_answers.question,
    survey_answers.option_no,
    survey_answers.answer,
    survey_answers.is_skipped
from
    lake.survey_answers
    cross join config.settings
where
    utc_time (
        survey_answers.submitted_at,
        survey_answers.submitted_at_is_utc
    ) < settings.as_of
qualify
    survey_answers.response_id is null
    or row_number() over (
        partition by
            survey_answers.survey_id,
            survey_answers.response_id,
            survey_answers.question_no,
            survey_answers.answer
        order by
            survey_answers.option_no nulls last,
            survey_answers.row_key
    ) = 1
