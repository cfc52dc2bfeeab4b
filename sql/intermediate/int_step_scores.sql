/*
title: What speaks for a message being a step
description: >-
  The candidates that have something for them beside the time: the script (script_similarity of it at least), its
  heading, the link or the kind of message that the step expects. A step that says none of these is any post of the
  staff at its time that is not directed at one person. rank 1 is the strongest evidence. What calls members is a step for
  each of them (called_id), and for no other member.
grain: [due_key, message_key]
*/
with
    calls as (
        select
            message_key,
            group_id,
            list(person_id) as called
        from
            intermediate.int_staff_targets
        group by
            message_key,
            group_id
    ),
    weighed as (
        select
            candidates.due_key,
            candidates.message_key,
            candidates.group_id,
            candidates.seconds_late,
            if (
                calls.called is null,
                '',
                coalesce(candidates.person_id, '')
            ) as called_id,
            texts.similarity,
            case
                when texts.similarity >= settings.script_similarity then 'text'
                when texts.has_same_heading then 'heading'
                when steps.link is not null
                and contains(messages.text, steps.link) then 'link'
                when steps.message_kind is not null
                and steps.message_kind <> 'text'
                and steps.message_kind = messages.kind then 'kind'
                when steps.text is null
                and steps.link is null
                and steps.message_kind is null
                and not messages.is_directed then 'time'
            end as matched_by
        from
            intermediate.int_step_candidates as candidates
            inner join marts.sop_steps as steps using (plan_id, revision, step_id)
            inner join intermediate.int_staff_messages as messages using (message_key, group_id)
            left join intermediate.int_script_texts as texts on texts.script = steps.text
            and texts.text = messages.text
            left join calls on calls.message_key = candidates.message_key
            and calls.group_id = candidates.group_id
            cross join config.settings
        where
            calls.called is null
            or candidates.person_id is null
            or list_contains(calls.called, candidates.person_id)
    )
select
    due_key,
    message_key,
    group_id,
    called_id,
    seconds_late,
    similarity,
    matched_by,
    case matched_by
        when 'text' then 1
        when 'link' then 2
        when 'heading' then 3
        when 'kind' then 4
        else 5
    end as rank
from
    weighed
where
    matched_by is not null
