/*
title: Orders
description: Every paid order once, with what is known at as_of.
grain: [shop_id, order_id]
columns:
  order_id: The shop's order id.
  shop_id: The shop, empty when there is one only.
  person_id: The buyer, if matched to a person of the community.
  group_id: The order's own group, or the only one its buyer was in; null when none or several.
  paid_at: UTC.
  paid_day: Local day.
  week: First day of the local week.
  currency: Currency of the amounts.
  paid_amount: What was paid.
  refunded_amount: Refunded so far.
  net_amount: paid_amount − refunded_amount.
  is_valid: Paid and net above 0.
  is_counted: Valid, matched, and of a member in at least one group.
  order_no_of_person: 1 for the person's first valid order.
checks:
  - net_amount = paid_amount - refunded_amount
*/
with
    groups as (
        select
            shop_id,
            order_id,
            if (count(*) = 1, min(group_id), null) as group_id
        from
            intermediate.int_order_groups
        group by
            shop_id,
            order_id
    )
select
    orders.order_id,
    orders.shop_id,
    orders.person_id,
    groups.group_id,
    orders.paid_at,
    orders.paid_day,
    orders.week,
    orders.currency,
    orders.paid_amount,
    orders.refunded_amount,
    orders.net_amount,
    orders.is_valid,
    orders.is_valid
    and orders.person_id is not null
    and groups.order_id is not null as is_counted,
    if (
        orders.is_valid
        and orders.person_id is not null,
        count(*) filter(orders.is_valid) over (
            partition by
                orders.person_id
            order by
                orders.paid_at,
                orders.shop_id,
                orders.order_id rows unbounded preceding
        ),
        null
    ) as order_no_of_person
from
    intermediate.int_orders as orders
    left join groups using (shop_id, order_id)
