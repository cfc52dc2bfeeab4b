/*
title: Which file states which order
description: >-
  Each version of an order with every imported file that states it, also where another file was first: so it does not
  depend on the order of importing.
grain: [sha256, row_key]
*/
select
    sha256,
    row_key
from
    lake.order_parts
union
select
    repeats.sha256,
    orders.row_key
from
    lake.order_repeats as repeats
    inner join lake.orders on orders.shop_id = repeats.shop_id
    and orders.order_id = repeats.order_id
    and orders.as_of is not distinct from repeats.as_of
    and orders.as_of_is_utc is not distinct from repeats.as_of_is_utc
    and orders.status = repeats.status
    and orders.currency is not distinct from repeats.currency
    and orders.amount = repeats.amount
    and orders.refunded = repeats.refunded
