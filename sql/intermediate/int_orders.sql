/*
title: Orders with their person
description: Paid orders with the person who bought and whether they are valid (paid, net above 0 as known at as_of).
grain: [shop_id, order_id]
*/
with
    community as (
        select distinct
            person_id
        from
            intermediate.int_memberships
    )
select
    orders.shop_id,
    orders.order_id,
    community.person_id,
    orders.buyer_key,
    orders.group_id as stated_group_id,
    orders.paid_at,
    local_time (orders.paid_at)::date as paid_day,
    week_of (local_time (orders.paid_at)) as week,
    orders.currency,
    orders.amount as paid_amount,
    orders.refunded as refunded_amount,
    orders.amount - orders.refunded as net_amount,
    orders.amount - orders.refunded > 0 as is_valid
from
    staging.stg_orders as orders
    cross join config.settings
    left join intermediate.int_person_keys as keys on keys.person_key = coalesce(orders.buyer_key, orders.phone_key)
    left join community on community.person_id = keys.person_id
where
    orders.paid_at < settings.as_of
