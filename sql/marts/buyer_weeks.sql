/*
title: Buyers by week
description: >-
  Each buyer of a group ('*' = all groups) in each week with a purchase. Purchases anywhere count as earlier ones; only
  purchases of the group make its buyer.
grain: [group_id, person_id, week]
columns:
  group_id: The group, or '*'.
  person_id: The buyer.
  week: First day of the week (local).
  is_repeat: Has a purchase day before this week.
  orders: Valid orders of the group this week.
  purchase_days: Local days of the week with one of these orders.
  net_amount: Their net amount in the currency of the workspace.
  priced_orders: Of the orders, those in that currency.
  priced_days: Of the purchase days, those with such an order.
*/
with
    first_days as (
        select
            person_id,
            min(week) as first_week
        from
            intermediate.int_purchase_days
        group by
            person_id
    )
select
    orders.group_id,
    orders.person_id,
    orders.week,
    min(first_days.first_week) < orders.week as is_repeat,
    count(*) as orders,
    count(distinct orders.paid_day) as purchase_days,
    sum(orders.net_amount)::decimal(18, 2) as net_amount,
    count(*) filter(orders.is_priced) as priced_orders,
    count(distinct orders.paid_day) filter(orders.is_priced) as priced_days
from
    intermediate.int_buyer_orders as orders
    inner join first_days using (person_id)
group by
    orders.group_id,
    orders.person_id,
    orders.week
