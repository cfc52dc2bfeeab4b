/*
title: Orders
description: >-
  Each order in the version that was known at as_of. Of versions with a known export time the newest counts; one of
  unknown time only where neither status nor refund falls. An order that only later exports know is taken from the
  first of them. One that is dated by its export is of the first export that names it.
grain: [shop_id, order_id]
*/
with
    versions as (
        select
            orders.row_key,
            orders.shop_id,
            orders.order_id,
            utc_time (orders.as_of, orders.as_of_is_utc) as known_at,
            orders.buyer_key,
            orders.phone_key,
            orders.receiver_phone_key,
            orders.group_id,
            orders.group_hint,
            orders.leader_key,
            utc_time (orders.created_at, orders.created_at_is_utc) as created_at,
            utc_time (orders.paid_at, orders.paid_at_is_utc) as paid_at,
            utc_time (orders.completed_at, orders.completed_at_is_utc) as completed_at,
            orders.status,
            orders.refund_state,
            orders.currency,
            orders.amount,
            if (
                utc_time (orders.refunded_at, orders.refunded_at_is_utc) >= settings.as_of,
                0,
                orders.refunded
            ) as refunded,
            coalesce(orders.refund_is_assumed, false) as is_assumed,
            orders.coupon,
            orders.source_format,
            coalesce(try_cast (order_statuses.rank as integer), 1) as status_rank,
            case
                when orders.as_of is null then 2
                when utc_time (orders.as_of, orders.as_of_is_utc) <= settings.as_of then 1
                else 3
            end as lane
        from
            stated_orders () as orders
            cross join config.settings
            left join seeds.order_statuses on order_statuses.status = orders.status
    ),
    best_of_lane as (
        select
            *
        from
            versions
        qualify
            row_number() over (
                partition by
                    shop_id,
                    order_id,
                    lane
                order by
                    if (
                        lane = 3,
                        - epoch_us(known_at),
                        epoch_us(known_at)
                    ) desc,
                    status_rank desc,
                    refunded desc,
                    -- Of a file that was cut inside a number only the beginning of it is left.
                    amount desc nulls last,
                    row_key
            ) = 1
    ),
    compared as (
        select
            *,
            max(status_rank) filter(lane = 1) over (
                partition by
                    shop_id,
                    order_id
            ) as dated_rank,
            max(refunded) filter(lane = 1) over (
                partition by
                    shop_id,
                    order_id
            ) as dated_refunded
        from
            best_of_lane
    ),
    -- A list without times is dated by its export: an order was there when the first one named it.
    first_named as (
        select
            shop_id,
            order_id,
            min(paid_at) as paid_at
        from
            versions
        where
            paid_at = known_at
        group by
            shop_id,
            order_id
    ),
    chosen as (
        select
            *
        from
            compared
        qualify
            row_number() over (
                partition by
                    shop_id,
                    order_id
                order by
                    coalesce(
                        lane = 2
                        and status_rank >= dated_rank
                        and refunded >= dated_refunded
                        and (
                            status_rank > dated_rank
                            or refunded > dated_refunded
                        ),
                        false
                    ) desc,
                    lane
            ) = 1
    )
select
    row_key,
    shop_id,
    order_id,
    buyer_key,
    phone_key,
    receiver_phone_key,
    group_id,
    group_hint,
    leader_key,
    created_at,
    if (
        chosen.paid_at = known_at,
        coalesce(first_named.paid_at, chosen.paid_at),
        chosen.paid_at
    ) as paid_at,
    completed_at,
    status,
    refund_state,
    currency,
    amount,
    refunded,
    is_assumed as refund_is_assumed,
    coupon,
    source_format
from
    chosen
    left join first_named using (shop_id, order_id)
