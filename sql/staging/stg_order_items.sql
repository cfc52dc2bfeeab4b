/*
title: Order items
description: >-
  Goods of each order as the newest export known at as_of lists them, else those of an export of unknown time; a title
  of all goods together counts only where no export lists them.
  Amounts are null where the file prices the whole order only.
grain: [shop_id, order_id, item_no]
*/
with
    versions as (
        select
            order_items.shop_id,
            order_items.order_id,
            order_items.item_no,
            utc_time (order_items.as_of, order_items.as_of_is_utc) as known_at,
            order_items.item_id,
            order_items.sku,
            order_items.title,
            order_items.spec,
            order_items.quantity,
            order_items.amount,
            order_items.refunded,
            order_items.row_key,
            settings.as_of
        from
            lake.order_items
            cross join config.settings
    ),
    ranked as (
        select
            *,
            dense_rank () over (
                partition by
                    shop_id,
                    order_id
                order by
                    (amount is not null) desc,
                    (
                        quantity is not null
                        or coalesce(item_id, sku, spec) is not null
                    ) desc,
                    (
                        known_at is not null
                        and known_at <= as_of
                    ) desc,
                    (known_at is null) desc,
                    if (
                        known_at <= as_of,
                        epoch_us(known_at),
                        - epoch_us(known_at)
                    ) desc nulls last
            ) as version
        from
            versions
    )
select
    shop_id,
    order_id,
    item_no,
    item_id,
    sku,
    title,
    spec,
    quantity,
    amount,
    refunded
from
    ranked
where
    version = 1
qualify
    row_number() over (
        partition by
            shop_id,
            order_id,
            item_no
        order by
            refunded desc nulls last,
            quantity desc,
            amount desc nulls last,
            row_key
    ) = 1
