/*
title: Orders with their person
description: >-
  Paid orders with the person who bought and whether they are valid (paid, net above 0 as known at as_of). What
  after-sale lists and settlements say was paid back counts, and stands in for an amount that was only assumed.
grain: [shop_id, order_id]
*/
with
    community as (
        select distinct
            person_id
        from
            intermediate.int_memberships
    ),
    settled as (
        select
            orders.* replace(
                least(
                    orders.amount,
                    case
                        when refunds.order_id is null then orders.refunded
                        when orders.refund_is_assumed then refunds.refunded
                        else greatest(orders.refunded, refunds.refunded)
                    end
                ) as refunded
            ),
            coalesce(refunds.is_in_progress, false) as is_in_progress
        from
            staging.stg_orders as orders
            left join staging.stg_refunds as refunds using (shop_id, order_id)
    )
select
    orders.shop_id,
    orders.order_id,
    community.person_id,
    orders.buyer_key,
    coalesce(groups.group_id, orders.group_id) as stated_group_id,
    orders.paid_at,
    local_time (orders.paid_at)::date as paid_day,
    week_of (local_time (orders.paid_at)) as week,
    orders.status,
    case
        when orders.refunded >= orders.amount
        and orders.refunded > 0 then 'full'
        when orders.refunded > 0 then 'partial'
        when orders.is_in_progress then 'in_progress'
        when orders.refund_state = 'full' then 'none'
        else orders.refund_state
    end as refund_state,
    -- Parts of earlier versions hold it as the file wrote it.
    upper(orders.currency) as currency,
    orders.amount as paid_amount,
    orders.refunded::decimal(18, 2) as refunded_amount,
    (orders.amount - orders.refunded)::decimal(18, 2) as net_amount,
    orders.amount - orders.refunded > 0 as is_valid
from
    settled as orders
    cross join config.settings
    left join intermediate.int_person_keys as keys on keys.person_key = coalesce(orders.buyer_key, orders.phone_key)
    left join community on community.person_id = keys.person_id
    left join intermediate.int_group_names as groups on groups.name = orders.group_id
where
    orders.paid_at < settings.as_of
