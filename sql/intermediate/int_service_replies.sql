/*
title: What the staff said to each case
description: >-
  The messages that may be a stage of a case: those directed at its member within the longest time of its kind. A first
  reply, failing one of these within a day, is also the next message of the staff to nobody in particular, where it comes
  soon (next_minutes) and no other member waited for an answer then: it would be nobody's or everybody's.
grain: [case_id, stage, message_key]
*/
with
    stages as (
        select
            kind,
            stage,
            nth::integer as nth,
            within_minutes::integer as within_minutes,
            horizon_minutes::integer as horizon_minutes,
            next_minutes::integer as next_minutes,
            sender,
            pattern
        from
            seeds.service_stages
    ),
    horizons as (
        select
            kind,
            max(horizon_minutes) as horizon
        from
            stages
        group by
            kind
    ),
    directed as (
        select
            openers.case_id,
            openers.kind,
            openers.opened_at,
            messages.message_key,
            messages.person_id,
            messages.role,
            messages.sent_at,
            messages.text
        from
            intermediate.int_service_openers as openers
            inner join horizons using (kind)
            inner join intermediate.int_staff_targets as targets on targets.group_id = openers.group_id
            and targets.person_id = openers.person_id
            inner join intermediate.int_staff_messages as messages on messages.message_key = targets.message_key
            and messages.group_id = targets.group_id
        where
            messages.sent_at >= openers.opened_at
            and messages.sent_at <= openers.opened_at + to_minutes(horizons.horizon)
    ),
    spoken as (
        select
            group_id,
            sent_at,
            message_key,
            person_id,
            role,
            text,
            -- A bot's next word on whatever it has to say answers no question, and hides no answer that comes after it.
            unnest(if (role = 'staff', [true, false], [false])) as is_answer
        from
            intermediate.int_staff_messages
        where
            not is_directed
            and not is_to_everyone
            and length(text) between 2 and 120
    ),
    spoken_to as (
        select
            case_id,
            min(sent_at) as first_at
        from
            directed
        where
            role = 'staff'
        group by
            case_id
    ),
    -- Whose next word of the staff a message is: of those who had not been spoken to before it.
    undirected as (
        select
            openers.case_id,
            openers.kind,
            openers.opened_at,
            spoken.message_key,
            spoken.person_id,
            spoken.role,
            spoken.sent_at,
            spoken.text,
            spoken_to.first_at,
            -- Not a distinct count: that costs a window of its own over every question.
            min(openers.person_id) over one_word = max(openers.person_id) over one_word as is_alone
        from
            intermediate.int_service_openers as openers
            inner join stages on stages.kind = openers.kind
            and stages.next_minutes is not null
            asof inner join spoken on spoken.group_id = openers.group_id
            and spoken.is_answer = (openers.kind <> 'violation')
            and spoken.sent_at >= openers.opened_at
            left join spoken_to using (case_id)
        where
            spoken.sent_at <= openers.opened_at + to_minutes(stages.next_minutes)
            and (
                openers.kind = 'violation'
                or coalesce(spoken_to.first_at > spoken.sent_at, true)
            )
        window
            one_word as (
                partition by
                    spoken.group_id,
                    spoken.message_key,
                    spoken.is_answer
            )
    ),
    heard as (
        select
            *,
            true as is_directed
        from
            directed
        union all
        select
            case_id,
            kind,
            opened_at,
            message_key,
            person_id,
            role,
            sent_at,
            text,
            false
        from
            undirected
        where
            kind = 'violation'
            or (
                is_alone
                and coalesce(first_at > opened_at + interval 1 day, true)
            )
    ),
    -- A pattern that comes from a column is compiled for every row: one of all their words goes first.
    read_once as (
        select
            *,
            regexp_matches(text, getvariable ('stage_words')) as has_words
        from
            heard
    )
select distinct
    heard.case_id,
    stages.stage,
    heard.message_key,
    heard.person_id,
    heard.sent_at,
    heard.is_directed
from
    read_once as heard
    inner join stages using (kind)
where
    (
        stages.sender = 'any'
        or stages.sender = heard.role
    )
    and (
        heard.is_directed
        or stages.next_minutes is not null
    )
    and heard.sent_at <= heard.opened_at + to_minutes(stages.horizon_minutes)
    and case
        when stages.pattern is null then true
        when heard.has_words then regexp_matches(heard.text, stages.pattern)
        else false
    end
