/*
title: Claims
description: >-
  Numbers that staff posts promise (so many bought, so few left) beside what orders and planned stock say of that
  moment: the orders of the campaign that was on, else of the seven days before. Orders of buyers in several groups
  count for each, so that a claim is contradicted only where no reading makes it true.
grain: [message_key, group_id, claim, claimed]
columns:
  message_key: The post.
  group_id: The group.
  week: First day of the local week.
  sent_at: UTC.
  sender_id: Who posted it.
  claim: buyers (so many people), orders (so many orders) or left (so many pieces).
  claimed: The number in the post.
  actual: The number at that moment; null where nothing is known.
  event_title: The campaign that was on, if any.
  verdict: true, contradicted or unverified.
*/
with
    posts as (
        select
            message_key,
            group_id,
            person_id,
            sent_at,
            text
        from
            intermediate.int_staff_messages
        where
            regexp_matches(text, '[0-9]')
            and regexp_matches(text, '下单|下了单|付款|报名|拼|抢|剩|最后')
    ),
    found as (
        select
            *,
            'buyers' as claim,
            regexp_extract(
                text,
                '([0-9]{1,6}) *[位人名][^，。！？,!?0-9]{0,8}(?:下单|下了单|付款|付了款|报名|报了名|拼|抢到)',
                1
            ) as number
        from
            posts
        union all
        select
            *,
            'orders',
            regexp_extract(text, '(?:已|已经|卖出|共|成交) *([0-9]{1,6}) *单', 1)
        from
            posts
        union all
        select
            *,
            'left',
            regexp_extract(
                text,
                '(?:仅剩|只剩|还剩|剩下|最后|就剩) *([0-9]{1,6}) *[件份个席名套单]',
                1
            )
        from
            posts
    ),
    claims as (
        select
            message_key,
            group_id,
            person_id,
            sent_at,
            claim,
            number::bigint as claimed
        from
            found
        where
            number <> ''
    ),
    campaigns as (
        select
            claims.message_key,
            claims.group_id,
            claims.claim,
            max(events.starts_at) as starts_at,
            max_by(events.title, (events.starts_at, events.title)) as title,
            max_by(
                events.planned_quantity,
                (events.starts_at, events.title)
            ) as planned_quantity
        from
            claims
            inner join intermediate.int_calendar as events on coalesce(events.group_id, claims.group_id) = claims.group_id
            and events.type in ('flash_sale', 'group_buy', 'live')
            and claims.sent_at >= events.starts_at
            and claims.sent_at <= coalesce(events.ends_at, events.starts_at + interval 1 day)
        group by
            claims.message_key,
            claims.group_id,
            claims.claim
    ),
    spans as (
        select
            claims.*,
            coalesce(
                campaigns.starts_at,
                claims.sent_at - interval 7 day
            ) as since,
            campaigns.title,
            campaigns.planned_quantity
        from
            claims
            left join campaigns using (message_key, group_id, claim)
    ),
    sales as (
        select
            spans.message_key,
            spans.group_id,
            spans.claim,
            count(*) as orders,
            count(
                distinct coalesce(orders.person_id, orders.order_id)
            ) as buyers
        from
            spans
            inner join intermediate.int_order_groups as places on places.group_id = spans.group_id
            inner join intermediate.int_orders as orders on orders.shop_id = places.shop_id
            and orders.order_id = places.order_id
        where
            orders.is_valid
            and orders.paid_at >= spans.since
            and orders.paid_at <= spans.sent_at
        group by
            spans.message_key,
            spans.group_id,
            spans.claim
    ),
    known as (
        select
            count(*) > 0 as has_orders
        from
            intermediate.int_orders
    ),
    compared as (
        select
            spans.*,
            case
                when not known.has_orders then null
                when spans.claim = 'buyers' then coalesce(sales.buyers, 0)
                when spans.claim = 'orders' then coalesce(sales.orders, 0)
                else spans.planned_quantity - coalesce(sales.orders, 0)
            end::bigint as actual
        from
            spans
            cross join known
            left join sales using (message_key, group_id, claim)
    )
select
    message_key,
    group_id,
    week_of (local_time (sent_at)) as week,
    sent_at,
    person_id as sender_id,
    claim,
    claimed,
    actual,
    title as event_title,
    case
        when actual is null then 'unverified'
        when claim = 'left'
        and claimed < actual then 'contradicted'
        when claim <> 'left'
        and claimed > actual then 'contradicted'
        else 'true'
    end as verdict
from
    compared
