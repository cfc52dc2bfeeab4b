/*
title: Tolerances of the steps that were sent
description: >-
  Each due step that went out in its group, with each of its numeric tolerances: what the message holds, and whether
  that is inside. Bounds are inside. A number that the message does not say is not judged.
grain: [due_key, measure]
columns:
  due_key: Occurrence of the step in marts.sop_steps_due.
  group_id: The group.
  week: First day of the local week in which it was due.
  plan_id: The plan.
  step_id: The step.
  sender_id: Who sent it.
  message_key: The message that is the evidence.
  measure: time (minutes from the planned time), length (letters), images (within 10 minutes, of the sender), gap (minutes since the staff's last post), or the name before a number in the message.
  low: Lowest value that is inside; null = none.
  high: Highest value that is inside; null = none.
  actual: Value of the message; null = it does not say.
  is_inside: Null where there is no value.
checks:
  - (actual is null) = (is_inside is null)
  - low is not null or high is not null
*/
with
    stated as (
        select
            plan_id,
            revision,
            step_id,
            definition::json -> 'tolerances' as tolerances,
            unnest(json_keys(definition::json -> 'tolerances')) as measure
        from
            marts.sop_steps
        where
            json_type(definition::json -> 'tolerances') = 'OBJECT'
    ),
    bounds as (
        select
            plan_id,
            revision,
            step_id,
            measure,
            coalesce(
                (tolerances -> measure ->> 'min')::decimal(18, 6),
                (tolerances -> measure ->> 'target')::decimal(18, 6) - (tolerances -> measure ->> 'within')::decimal(18, 6)
            ) as low,
            coalesce(
                (tolerances -> measure ->> 'max')::decimal(18, 6),
                (tolerances -> measure ->> 'target')::decimal(18, 6) + (tolerances -> measure ->> 'within')::decimal(18, 6)
            ) as high
        from
            stated
    ),
    sent as (
        select
            adherence.due_key,
            adherence.group_id,
            adherence.week,
            adherence.plan_id,
            adherence.step_id,
            adherence.sender_id,
            adherence.message_key,
            adherence.sent_at,
            date_diff('second', adherence.due_at, adherence.sent_at) as seconds_late,
            bounds.measure,
            bounds.low,
            bounds.high
        from
            marts.sop_adherence as adherence
            inner join bounds using (plan_id, revision, step_id)
        where
            adherence.is_due
            and adherence.status in ('done', 'late')
    ),
    pictures as (
        select
            sent.due_key,
            sent.measure,
            count(messages.message_key) as images
        from
            sent
            left join intermediate.int_staff_messages as messages on messages.group_id = sent.group_id
            and messages.person_id = sent.sender_id
            and messages.kind = 'image'
            and messages.sent_at between sent.sent_at - interval 10 minute and sent.sent_at + interval 10 minute
        where
            sent.measure in ('images', '图片')
        group by
            sent.due_key,
            sent.measure
    ),
    gaps as (
        select
            sent.due_key,
            sent.measure,
            date_diff(
                'second',
                max(messages.sent_at),
                min(sent.sent_at)
            ) / 60.0 as minutes
        from
            sent
            inner join intermediate.int_staff_messages as messages on messages.group_id = sent.group_id
            and messages.sent_at < sent.sent_at
            and messages.role = 'staff'
            and not messages.is_directed
        where
            sent.measure in ('gap', '间隔')
        group by
            sent.due_key,
            sent.measure
    ),
    measured as (
        select
            sent.*,
            case
                when sent.measure in ('time', '时间') then (sent.seconds_late / 60.0)::decimal(18, 6)
                when sent.measure in ('length', '字数') then length(messages.text)::decimal(18, 6)
                when sent.measure in ('images', '图片') then pictures.images::decimal(18, 6)
                when sent.measure in ('gap', '间隔') then gaps.minutes::decimal(18, 6)
                else try_cast (
                    regexp_extract(
                        messages.text,
                        regexp_escape(sent.measure) || '[^0-9\n-]{0,8}(-?[0-9]+(\.[0-9]+)?)',
                        1
                    ) as decimal(18, 6)
                )
            end as actual
        from
            sent
            left join intermediate.int_staff_messages as messages on messages.message_key = sent.message_key
            and messages.group_id = sent.group_id
            left join pictures on pictures.due_key = sent.due_key
            and pictures.measure = sent.measure
            left join gaps on gaps.due_key = sent.due_key
            and gaps.measure = sent.measure
    )
select
    due_key,
    group_id,
    week,
    plan_id,
    step_id,
    sender_id,
    message_key,
    measure,
    low::double as low,
    high::double as high,
    actual::double as actual,
    if (
        actual is null,
        null,
        (
            low is null
            or actual >= low
        )
        and (
            high is null
            or actual <= high
        )
    ) as is_inside
from
    measured
