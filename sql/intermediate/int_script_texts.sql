/*
title: Scripts against what was sent
description: >-
  How much of a script is found in a message of the staff: the share of the script's pairs of letters that the
  message holds anywhere, both in the form that texts are matched in (traditional = simplified, no pinyin), for each pair of texts that a due step brings together. 1 where the texts are the same.
grain: [script, text]
*/
with
    pairs as (
        select distinct
            steps.text as script,
            messages.text
        from
            intermediate.int_step_candidates as candidates
            inner join marts.sop_steps as steps using (plan_id, revision, step_id)
            inner join intermediate.int_staff_messages as messages using (message_key, group_id)
        where
            steps.text is not null
            and messages.text is not null
    ),
    scripts as (
        select
            script,
            unnest(
                list_distinct(
                    regexp_extract_all(script_text (match_text (script)), '[^\n]{2}')
                )
            ) as pair
        from
            (
                select distinct
                    script
                from
                    pairs
            )
    ),
    texts as (
        select distinct
            text,
            script_text (match_text (text)) as plain
        from
            pairs
    ),
    held as (
        select distinct
            text,
            unnest(
                regexp_extract_all(plain, '[^\n]{2}') || regexp_extract_all(substring(plain, 2), '[^\n]{2}')
            ) as pair
        from
            texts
    ),
    shared as (
        select
            pairs.script,
            pairs.text,
            count(*) as found
        from
            pairs
            inner join scripts using (script)
            inner join held on held.text = pairs.text
            and held.pair = scripts.pair
        group by
            pairs.script,
            pairs.text
    ),
    sizes as (
        select
            script,
            count(*) as pairs_of_script
        from
            scripts
        group by
            script
    )
select
    pairs.script,
    pairs.text,
    case
        when pairs.script = pairs.text then 1.0
        else coalesce(shared.found, 0)::double / sizes.pairs_of_script
    end as similarity,
    heading_of (match_text (pairs.script)) = heading_of (match_text (pairs.text)) as has_same_heading
from
    pairs
    left join shared using (script, text)
    left join sizes using (script)
