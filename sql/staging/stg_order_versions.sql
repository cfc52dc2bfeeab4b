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
    refunded
from
    stated_orders ()
