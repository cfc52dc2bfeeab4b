/*
title: Service cases
description: >-
  What members were owed and got: a welcome, the answer to a question, a complaint settled, word after an order, a
  warning after a breach of the rules (an ad, a flood, a removal without a warning). Found
  in the log by words and mentions, so counts are lower bounds and private chats are not seen.
grain: [case_id]
columns:
  case_id: The case; may change with a new version of DuckDB.
  group_id: The group.
  week: First day of the local week in which it opened.
  kind: welcome, question, complaint, aftersale or violation.
  person_id: The member.
  opener_key: The message that opened it; null for a joining, an order or a removal.
  opened_at: UTC.
  reply_due_at: By when the first stage should be done (UTC).
  first_reply_at: First stage done (UTC).
  first_reply_minutes: Whole minutes from the opening to it.
  is_reply_in_time: The first stage was done in time; null while its time still runs.
  resolved_at: When the stage that settles it was done (UTC).
  handler_id: Who settled it, else who replied first.
  stages_done: Names of the stages found, in their order.
  missing_stages: Names of the stages whose time is over without a message, in their order.
  is_open: Neither settled nor, for a welcome or an order, past its last stage's time.
*/
select
    openers.case_id,
    openers.group_id,
    week_of (local_time (openers.opened_at)) as week,
    openers.kind,
    openers.person_id,
    openers.message_key as opener_key,
    openers.opened_at,
    min(stages.due_at) filter(stages.nth = 1) as reply_due_at,
    min(stages.done_at) filter(stages.nth = 1) as first_reply_at,
    min(stages.minutes) filter(stages.nth = 1) as first_reply_minutes,
    case min(stages.state) filter(stages.nth = 1)
        when 'done' then true
        when 'pending' then null
        else false
    end as is_reply_in_time,
    min(stages.done_at) filter(stages.closes) as resolved_at,
    coalesce(
        min(stages.handler_id) filter(stages.closes),
        min(stages.handler_id) filter(stages.nth = 1)
    ) as handler_id,
    coalesce(
        list(
            stages.stage
            order by
                stages.nth
        ) filter(stages.done_at is not null),
        []
    ) as stages_done,
    coalesce(
        list(
            stages.stage
            order by
                stages.nth
        ) filter(stages.state = 'missing'),
        []
    ) as missing_stages,
    min(stages.done_at) filter(stages.closes) is null
    and (
        openers.kind in ('question', 'complaint')
        or bool_or(stages.state = 'pending')
    ) as is_open
from
    intermediate.int_service_openers as openers
    inner join marts.service_stages as stages using (case_id)
group by
    openers.case_id,
    openers.group_id,
    openers.kind,
    openers.person_id,
    openers.message_key,
    openers.opened_at
