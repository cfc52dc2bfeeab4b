/*
title: Orders
description: >-
  Each order in the version that was known at as_of. Of two versions with a known export time the newer one
  counts; one of unknown time only where neither status nor refund falls. An order that only later exports know
  is taken from the first of them.
grain: [shop_id, order_id]
*/
with
    versions as (
        select
            orders.shop_id,
            orders.order_id,
            utc_time (orders.as_of, orders.as_of_is_utc) as known_at,
            orders.buyer_key,
            orders.phone_key,
            orders.group_id,
            utc_time (orders.paid_at, orders.paid_at_is_utc) as paid_at,
            orders.status,
            orders.currency,
            orders.amount,
            if (
                utc_time (orders.refunded_at, orders.refunded_at_is_utc) >= settings.as_of,
                0,
                orders.refunded
            ) as refunded,
            coalesce(try_cast (order_statuses.rank as integer), 1) as status_rank,
            coalesce(order_statuses.is_void = 'true', false) as is_void,
            settings.as_of as as_of,
            orders.row_key
        from
            lake.orders
            cross join config.settings
            left join seeds.order_statuses on order_statuses.status = orders.status
    ),
    ranked as (
        select
            *,
            row_number() over (
                partition by
                    shop_id,
                    order_id
                order by
                    (
                        known_at is not null
                        and known_at <= as_of
                    ) desc,
                    (known_at is null) desc,
                    if (
                        known_at <= as_of,
                        epoch_us(known_at),
                        - epoch_us(known_at)
                    ) desc nulls last,
                    status_rank desc,
                    refunded desc,
                    row_key
            ) as place,
            max(status_rank) filter(known_at is null) over (
                partition by
                    shop_id,
                    order_id
            ) as undated_rank,
            max(refunded) filter(known_at is null) over (
                partition by
                    shop_id,
                    order_id
            ) as undated_refund
        from
            versions
    )
select
    shop_id,
    order_id,
    buyer_key,
    phone_key,
    group_id,
    paid_at,
    currency,
    amount,
    if (
        undated_rank >= status_rank
        and undated_refund > refunded,
        undated_refund,
        refunded
    ) as refunded,
    if (
        undated_rank > status_rank
        and undated_refund >= refunded,
        undated_rank,
        status_rank
    ) as status_rank,
    is_void
from
    ranked
where
    place = 1
