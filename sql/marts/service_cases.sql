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
  reply_basis: "What makes it the reply: directed (it quotes or names the member) or next (the next word of the staff, nobody else waiting)."
  is_reply_in_time: The first stage was done in time; null while its time still runs.
  resolved_at: When the stage that settles it was done (UTC).
  handler_id: Who settled it, else who replied first.
  stages_done: Names of the stages found, in their order.
  missing_stages: Names of the stages whose time is over without a message, in their order.
  is_open: Neither settled nor, for a welcome or an order, past its last stage's time.
*/
with
    -- The stages of a case as bits: lists in an order are made once for each of the few sets, not for each case.
    told as (
        select
            case_id,
            min(kind) as kind,
            min(due_at) filter(nth = 1) as reply_due_at,
            min(done_at) filter(nth = 1) as first_reply_at,
            min(minutes) filter(nth = 1) as first_reply_minutes,
            min(basis) filter(nth = 1) as reply_basis,
            bool_or(state = 'done') filter(
                nth = 1
                and state <> 'pending'
            ) as is_reply_in_time,
            min(done_at) filter(closes) as resolved_at,
            coalesce(
                min(handler_id) filter(closes),
                min(handler_id) filter(nth = 1)
            ) as handler_id,
            bit_or(if (done_at is not null, 1 << nth, 0)) as done_stages,
            bit_or(if (state = 'missing', 1 << nth, 0)) as gone_stages,
            bool_or(state = 'pending') as is_pending
        from
            marts.service_stages
        group by
            case_id
    ),
    sets as (
        select distinct
            kind,
            unnest([done_stages, gone_stages]) as stages
        from
            told
    ),
    names as (
        select
            sets.kind,
            sets.stages,
            coalesce(
                list(
                    stages.stage
                    order by
                        stages.nth::integer
                ) filter(stages.stage is not null),
                []
            ) as names
        from
            sets
            left join seeds.service_stages as stages on stages.kind = sets.kind
            and sets.stages & (1 << stages.nth::integer) <> 0
        group by
            sets.kind,
            sets.stages
    )
select
    openers.case_id,
    openers.group_id,
    week_of (local_time (openers.opened_at)) as week,
    openers.kind,
    openers.person_id,
    openers.message_key as opener_key,
    openers.opened_at,
    told.reply_due_at,
    told.first_reply_at,
    told.first_reply_minutes,
    told.reply_basis,
    told.is_reply_in_time,
    told.resolved_at,
    told.handler_id,
    done.names as stages_done,
    gone.names as missing_stages,
    told.resolved_at is null
    and (
        openers.kind in ('question', 'complaint')
        or told.is_pending
    ) as is_open
from
    intermediate.int_service_openers as openers
    inner join told using (case_id)
    inner join names as done on done.kind = told.kind
    and done.stages = told.done_stages
    inner join names as gone on gone.kind = told.kind
    and gone.stages = told.gone_stages
order by
    week,
    openers.group_id
