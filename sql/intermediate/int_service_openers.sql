/*
title: What calls for the staff
description: >-
  The moments at which a member is owed something: the joining, a question, a complaint, a paid order in a group. A
  member's further words on the same matter within the day belong to the first. Questions and complaints are told by their words, so their number is a lower bound.
grain: [case_id]
*/
with
    members as (
        select
            keys.person_key,
            keys.person_id
        from
            intermediate.int_person_keys as keys
        where
            keys.person_id not in (
                select
                    person_id
                from
                    intermediate.int_roles
            )
    ),
    said as (
        select
            messages.group_id,
            members.person_id,
            messages.message_key,
            messages.sent_at,
            case
                when regexp_matches(
                    messages.text,
                    '投诉|坏了|破损|破了|漏了|发霉|不新鲜|少发|发错|没人理|质量太差|差评|骗人|能退|退货|退款|还没到|没收到'
                ) then 'complaint'
                when regexp_matches(
                    messages.text,
                    '[?？]|[吗呢]\s*$|怎么|什么时候|哪里|哪家|请问|有人用过'
                ) then 'question'
            end as kind
        from
            staging.stg_messages as messages
            inner join members using (person_key)
        where
            messages.kind = 'text'
            and length(messages.text) between 4 and 300
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
                ) > interval 1 day,
                true
            ) as is_first
        from
            said
        where
            kind is not null
    ),
    openers as (
        select
            kind,
            group_id,
            person_id,
            message_key,
            sent_at as opened_at
        from
            firsts
        where
            is_first
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
select
    hash(
        openers.kind,
        openers.group_id,
        openers.person_id,
        openers.opened_at
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
