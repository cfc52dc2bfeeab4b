/*
title: Valid orders of members, per group and in total
description: Valid orders matched to a person who is no staff, in each group they belong to and once under '*'.
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
            orders.net_amount
        from
            intermediate.int_orders as orders
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
