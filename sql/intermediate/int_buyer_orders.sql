/*
title: Valid orders of members, per group and in total
description: Valid orders matched to a person who is no staff, in each group they belong to and once under '*'. net_amount is in the workspace's currency; an order in another counts with 0 and is not priced.
grain: [group_id, shop_id, order_id]
*/
with
    attributed as (
        select
            groups.group_id,
            orders.shop_id,
            orders.order_id,
            orders.person_id,
            orders.paid_at,
            orders.paid_day,
            orders.week,
            if (
                orders.currency = settings.currency,
                orders.net_amount,
                0
            ) as net_amount,
            orders.currency = settings.currency as is_priced
        from
            intermediate.int_orders as orders
            cross join config.settings
            inner join intermediate.int_order_groups as groups using (shop_id, order_id)
        where
            orders.is_valid
            and orders.person_id is not null
    )
select
    *
from
    attributed
union all
select distinct
    '*',
    * exclude (group_id)
from
    attributed
