/*
title: What the staff said to each case
description: >-
  The messages that may be a stage of a case: those directed at its member within the longest time of its kind, and
  as a first reply also the next message of the staff to nobody in particular, within that stage's time.
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
            and not mentions_all
            and length(text) between 2 and 120
    ),
    undirected as (
        select
            openers.case_id,
            openers.kind,
            openers.opened_at,
            spoken.message_key,
            spoken.person_id,
            spoken.role,
            spoken.sent_at,
            spoken.text
        from
            intermediate.int_service_openers as openers
            asof inner join spoken on spoken.group_id = openers.group_id
            and spoken.is_answer = (openers.kind <> 'violation')
            and spoken.sent_at >= openers.opened_at
        where
            openers.kind in ('question', 'complaint', 'violation')
    ),
    heard as (
        select
            *,
            true as is_directed
        from
            directed
        union all
        select
            *,
            false
        from
            undirected
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
    heard.sent_at
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
        or (
            stages.nth = 1
            and heard.sent_at <= heard.opened_at + to_minutes(stages.within_minutes)
        )
    )
    and case
        when stages.pattern is null then true
        when heard.has_words then regexp_matches(heard.text, stages.pattern)
        else false
    end
