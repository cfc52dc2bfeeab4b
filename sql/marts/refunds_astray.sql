/*
title: Refunds that change less than they say
description: >-
  Of what after-sale lists and settlements say went back: refunds of orders that no imported file of orders has, and those
  of more than was paid for the order, of which only what was paid is taken off.
grain: [what]
columns:
  what: unknown_order or above_paid.
  orders: Orders that they speak of.
  amount: What is not taken off any sale.
*/
with
    refunds as (
        select
            orders.order_id is null as is_unknown,
            refunds.refunded - coalesce(orders.amount, 0) as amount
        from
            staging.stg_refunds as refunds
            left join staging.stg_orders as orders using (shop_id, order_id)
    )
select
    if (is_unknown, 'unknown_order', 'above_paid') as what,
    count(*) as orders,
    sum(amount)::decimal(18, 2) as amount
from
    refunds
where
    amount > 0
group by
    is_unknown
