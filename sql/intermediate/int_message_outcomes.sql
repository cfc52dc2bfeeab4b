/*
title: What became of the messages
description: Messages in groups by the first reason why the KPIs leave them out, with the first of them as samples.
grain: [outcome]
*/
with
    weeks as (
        select
            min(starts_at) as starts_at
        from
            intermediate.int_weeks
    ),
    -- Without implied stays, whoever speaks and is on no list is no member.
    outside as (
        select
            coalesce(sum(spoke.messages), 0)::bigint as rows
        from
            intermediate.int_speaking_weeks as spoke
            cross join config.settings
            semi join intermediate.int_weeks as weeks on weeks.week = spoke.week
            anti join marts.member_weeks as present on present.group_id = spoke.group_id
            and present.person_id = spoke.person_id
            and present.week = spoke.week
            -- Two joins by keys: one with "in" would compare everyone with all staff.
            anti join intermediate.int_roles as everywhere on everywhere.person_id = spoke.person_id
            and everywhere.group_id = '*'
            anti join intermediate.int_roles as here on here.person_id = spoke.person_id
            and here.group_id = spoke.group_id
        where
            not settings.implied_memberships
    ),
    found as (
        select
            messages.sent_at,
            case
                when kinds.is_counted = 'false' then 'no_activity'
                when messages.is_recalled then 'recalled'
                when messages.person_id is null then 'no_sender'
                when messages.role <> 'member' then 'no_member'
                when messages.sent_at < weeks.starts_at then 'outside_weeks'
                else 'counted'
            end as outcome
        from
            marts.messages
            cross join weeks
            left join seeds.message_kinds as kinds on kinds.kind = messages.kind
    ),
    grouped as (
        select
            outcome,
            count(*) as rows,
            min(sent_at, 3) as first_at
        from
            found
        group by
            outcome
    )
select
    grouped.outcome,
    grouped.rows - if (grouped.outcome = 'counted', outside.rows, 0) as rows,
    list_transform(
        grouped.first_at,
        lambda x: strftime(local_time (x), '%Y-%m-%d %H:%M')
    ) as samples
from
    grouped
    cross join outside
union all
select
    'not_in_group',
    rows,
    []
from
    outside
where
    rows > 0
