/*
title: Results of events
description: >-
  Each event of the calendar that is over, in each group that it was for: the orders of the group paid while it ran (two
  hours where no end is given), and those of the last event of its type in the group. Orders that state no group are
  those of every group their buyer was in.
grain: [row_key, group_id]
columns:
  row_key: The event.
  group_id: The group.
  week: First day of the local week in which it began.
  type: Type of event (flash_sale, group_buy, lottery, live …).
  title: Its title.
  starts_at: UTC.
  ends_at: UTC; two hours after the start where none is given.
  orders: Valid orders of the group paid while it ran.
  previous_orders: The same of the last event of its type in the group; null = there was none.
*/
with
    events as (
        select
            *
        from
            intermediate.int_events
            cross join config.settings
        where
            ends_at <= as_of
            and type in (
                'flash_sale',
                'group_buy',
                'lottery',
                'live',
                'offline'
            )
    ),
    sold as (
        select
            groups.group_id,
            groups.order_id,
            orders.paid_at
        from
            intermediate.int_order_groups as groups
            inner join marts.orders as orders using (shop_id, order_id)
        where
            orders.is_valid
    ),
    counted as (
        select
            events.row_key,
            events.group_id,
            events.week,
            events.type,
            events.title,
            events.starts_at,
            events.ends_at,
            count(orders.order_id) as orders
        from
            events
            left join sold as orders on orders.group_id = events.group_id
            and orders.paid_at between events.starts_at and events.ends_at
        group by all
    )
select
    row_key,
    group_id,
    week,
    type,
    title,
    starts_at,
    ends_at,
    orders,
    lag (orders) over (
        partition by
            group_id,
            type
        order by
            starts_at,
            row_key
    ) as previous_orders
from
    counted
