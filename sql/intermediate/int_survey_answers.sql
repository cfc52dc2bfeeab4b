/*
title: Survey answers with their group
description: Each answer; a group that is stated by its name stands here by its id.
grain: [row_key]
materialized: view
*/
select
    answers.* replace(
        coalesce(names.group_id, answers.group_id) as group_id
    )
from
    staging.stg_survey_answers as answers
    left join intermediate.int_group_names as names on names.name = answers.group_id
