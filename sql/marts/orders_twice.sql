/*
title: Orders under two shops
description: >-
  Paid orders of one long number that stand under two shops on one day, as where a shop's export and a list kept by hand hold the same
  orders: each counts twice.
grain: [order_id, paid_day]
columns:
  order_id: The shops' number of the order.
  paid_day: Day it was paid on, in the workspace's zone.
  shops: Under how many shops it stands.
*/
select
    order_id,
    paid_day,
    count(*) as shops
from
    marts.orders
where
    strlen(order_id) >= 8
    and is_valid
group by
    order_id,
    paid_day
having
    count(*) > 1
order by
    order_id,
    paid_day
