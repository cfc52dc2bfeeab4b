/*
title: Orders that read otherwise when their week ended
description: >-
  Orders of which more had gone back by as_of than by the end of the week in which they were paid: what they were worth
  then, and until when they were valid. Every other order was known then as it is now.
grain: [shop_id, order_id]
*/
with
    -- Versions of one order state the same money, lines of one list add up, and several lists tell of the same again.
    stated as (
        select
            refunds.shop_id,
            refunds.order_id,
            refunds.document,
            if (
                refunds.document = 'order',
                max(refunds.amount) filter(
                    refunds.known_at < utc_time ((orders.week + 7)::timestamp, false)
                ),
                sum(refunds.amount) filter(
                    refunds.known_at < utc_time ((orders.week + 7)::timestamp, false)
                )
            ) as refunded_then,
            max(refunds.known_at) as last_known_at
        from
            staging.stg_refund_times as refunds
            inner join intermediate.int_orders as orders using (shop_id, order_id)
        group by
            refunds.shop_id,
            refunds.order_id,
            refunds.document
    ),
    known_then as (
        select
            shop_id,
            order_id,
            coalesce(max(refunded_then), 0) as refunded_then,
            min(last_known_at) as lost_at
        from
            stated
        group by
            shop_id,
            order_id
    )
select
    orders.shop_id,
    orders.order_id,
    orders.person_id,
    orders.week,
    orders.paid_day,
    orders.currency,
    orders.paid_amount - known_then.refunded_then as net_then,
    if (orders.is_valid, orders.net_amount, 0) as net_now,
    orders.is_valid,
    if (orders.is_valid, null, known_then.lost_at) as lost_at
from
    intermediate.int_orders as orders
    inner join known_then using (shop_id, order_id)
where
    known_then.refunded_then < orders.refunded_amount
    and orders.person_id is not null
