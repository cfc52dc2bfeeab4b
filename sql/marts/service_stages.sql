/*
title: Stages of the service cases
description: Each stage that each case should go through, and the first message that was it.
grain: [case_id, stage]
columns:
  case_id: The case.
  kind: welcome, question, complaint, aftersale or violation.
  stage: The stage (sql/seeds/service_stages.csv).
  nth: Its place in the ladder, from 1.
  due_at: By when it should be done (UTC); a first reply's time runs in the service hours only.
  done_at: When it was done (UTC); null = not found in the log.
  minutes: Whole minutes from the case's opening to it.
  message_key: The message that was it.
  handler_id: Who sent it.
  basis: "What makes it the stage: directed (it quotes or names the member) or next (the next word of the staff)."
  closes: The case counts as settled with this stage.
  state: done, late, missing (its time is over) or pending.
*/
with
    firsts as (
        select
            case_id,
            stage,
            min(sent_at) as done_at,
            min_by(message_key, (sent_at, message_key)) as message_key,
            min_by(person_id, (sent_at, message_key)) as handler_id,
            min_by(
                if (is_directed, 'directed', 'next'),
                (sent_at, message_key)
            ) as basis
        from
            intermediate.int_service_replies
        group by
            case_id,
            stage
    ),
    asked as (
        select
            openers.case_id,
            openers.kind,
            openers.opened_at,
            local_time (openers.opened_at) as local_at,
            settings.service_opens,
            settings.service_closes,
            settings.reply_minutes,
            settings.as_of
        from
            intermediate.int_service_openers as openers
            cross join config.settings
    ),
    deadlines as (
        select
            *,
            service_by (
                service_from (local_at, service_opens, service_closes),
                service_opens,
                service_closes,
                reply_minutes
            ) as reply_by
        from
            asked
    ),
    expected as (
        select
            deadlines.case_id,
            deadlines.kind,
            deadlines.opened_at,
            deadlines.as_of,
            stages.stage,
            stages.nth::integer as nth,
            stages.closes = 'true' as closes,
            if (
                stages.nth = '1'
                and deadlines.kind in ('question', 'complaint'),
                utc_time (deadlines.reply_by, false),
                deadlines.opened_at + to_minutes(stages.within_minutes::integer)
            ) as due_at
        from
            deadlines
            inner join seeds.service_stages as stages using (kind)
    )
select
    expected.case_id,
    expected.kind,
    expected.stage,
    expected.nth,
    expected.due_at,
    firsts.done_at,
    floor(
        date_diff('second', expected.opened_at, firsts.done_at) / 60.0
    )::integer as minutes,
    firsts.message_key,
    firsts.handler_id,
    firsts.basis,
    expected.closes,
    case
        when firsts.done_at <= expected.due_at then 'done'
        when firsts.done_at is not null then 'late'
        when expected.due_at < expected.as_of then 'missing'
        else 'pending'
    end as state
from
    expected
    left join firsts using (case_id, stage)
