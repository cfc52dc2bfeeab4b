/*
title: What calls for the staff
description: >-
  The moments at which a member is owed something, or the group is: a joining, a question, a complaint, a paid order in
  a group; a member's ad, a flood, and a removal that no warning of the last 30 days came before. Questions of one member
  at most five minutes apart are one, complaints and breaches at most a day apart. What is told by its words is a lower bound.
grain: [case_id]
*/
with
    said as (
        select
            group_id,
            person_id,
            message_key,
            sent_at,
            case
                when bool_or(label = 'complaint') then 'complaint'
                when bool_or(label = 'question') then 'question'
                else 'violation'
            end as kind
        from
            marts.message_labels
        where
            label in ('complaint', 'question', 'ad')
            and not is_staff
            and person_id is not null
        group by
            group_id,
            person_id,
            message_key,
            sent_at
        union all
        select
            group_id,
            person_id,
            message_key,
            starts_at,
            'violation'
        from
            marts.floods
        where
            not is_staff
    ),
    firsts as (
        select
            *,
            coalesce(
                sent_at - lag (sent_at) over (
                    partition by
                        group_id,
                        person_id,
                        kind
                    order by
                        sent_at,
                        message_key
                ) > if (
                    kind = 'question',
                    interval 5 minute,
                    interval 1 day
                ),
                true
            ) as is_first
        from
            said
    ),
    warnings as (
        select distinct
            targets.group_id,
            targets.person_id,
            messages.sent_at
        from
            intermediate.int_staff_targets as targets
            inner join intermediate.int_staff_messages as messages using (message_key, group_id)
            inner join seeds.service_stages as stages on stages.kind = 'violation'
            and stages.stage = 'warn'
            and regexp_matches(messages.text, stages.pattern)
    ),
    kicked as (
        select
            members.group_id,
            members.person_id,
            members.left_at
        from
            marts.memberships as members
        where
            members.is_member
            and members.leave_kind = 'kick'
    ),
    unwarned as (
        select
            kicked.group_id,
            kicked.person_id,
            kicked.left_at
        from
            kicked
            left join warnings on warnings.group_id = kicked.group_id
            and warnings.person_id = kicked.person_id
            and warnings.sent_at <= kicked.left_at
            and warnings.sent_at >= kicked.left_at - interval 30 day
        where
            warnings.person_id is null
    ),
    openers as (
        select
            firsts.kind,
            firsts.group_id,
            firsts.person_id,
            firsts.message_key,
            firsts.sent_at as opened_at
        from
            firsts
            -- A partner or shill of one group is a member in another.
            anti join intermediate.int_roles as everywhere on everywhere.person_id = firsts.person_id
            and everywhere.group_id = '*'
            anti join intermediate.int_roles as here on here.person_id = firsts.person_id
            and here.group_id = firsts.group_id
        where
            firsts.is_first
        union all
        select
            'violation',
            group_id,
            person_id,
            null,
            left_at
        from
            unwarned
        union all
        select
            'welcome',
            members.group_id,
            members.person_id,
            null,
            members.joined_at
        from
            marts.memberships as members
            cross join (
                select
                    min(starts_at) as starts_at
                from
                    intermediate.int_weeks
            ) as first_week
        where
            members.is_member
            and members.joined_at >= first_week.starts_at
            and members.join_evidence in ('explicit', 'list')
        union all
        select
            'aftersale',
            orders.group_id,
            orders.person_id,
            null,
            min(orders.paid_at)
        from
            marts.orders as orders
        where
            orders.is_counted
            and orders.group_id is not null
        group by
            orders.group_id,
            orders.person_id,
            orders.paid_day
    )
select distinct
    hash(
        openers.kind,
        openers.group_id,
        openers.person_id,
        openers.opened_at,
        openers.message_key
    ) as case_id,
    openers.kind,
    openers.group_id,
    openers.person_id,
    openers.message_key,
    openers.opened_at
from
    openers
where
    openers.group_id in (
        select
            group_id
        from
            intermediate.int_staff_messages
    )
