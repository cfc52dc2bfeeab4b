/*
title: Versions of orders
description: Every order as each export stated it; stg_orders picks the version that counts.
grain: [row_key]
*/
select
    row_key,
    shop_id,
    order_id,
    currency,
    amount,
    refunded,
    utc_time (as_of, as_of_is_utc) as known_at
from
    stated_orders ()
