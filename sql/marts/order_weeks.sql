/*
title: Orders by group and week
description: Valid orders per group ('*' = all) and week, and how many of them match a person.
grain: [group_id, week]
columns:
  group_id: The group, or '*'.
  week: First day of the local week.
  orders: Valid orders of members.
  net_amount: Their net amount in the workspace's currency.
  priced_orders: Of the orders, those in that currency; others have no part in any mean.
  valid_orders: All valid orders, matched or not, staff included.
  matched_orders: Of these, matched to a person.
  paid_orders: Orders of members that were paid, refunded ones included.
  refunded_orders: Of these, with any refund so far.
*/
with
    matching as (
        select
            coalesce(groups.group_id, orders.stated_group_id) as group_id,
            orders.week,
            orders.shop_id,
            orders.order_id,
            orders.person_id
        from
            intermediate.int_orders as orders
            left join intermediate.int_order_groups as groups using (shop_id, order_id)
        where
            orders.is_valid
    ),
    totals as (
        select
            group_id,
            week,
            count(*) as valid_orders,
            count(person_id) as matched_orders
        from
            matching
        where
            group_id is not null
        group by
            group_id,
            week
        union all
        select
            '*',
            week,
            count(*),
            count(person_id)
        from
            intermediate.int_orders
        where
            is_valid
        group by
            week
    ),
    bought as (
        select
            group_id,
            week,
            count(*) as orders,
            sum(net_amount)::decimal(18, 2) as net_amount,
            count(*) filter(is_priced) as priced_orders
        from
            intermediate.int_buyer_orders
        group by
            group_id,
            week
    ),
    paid as (
        select
            coalesce(groups.group_id, '*') as group_id,
            orders.week,
            count(distinct (orders.shop_id, orders.order_id)) as paid_orders,
            count(distinct (orders.shop_id, orders.order_id)) filter(orders.refunded_amount > 0) as refunded_orders
        from
            intermediate.int_orders as orders
            inner join intermediate.int_order_groups as groups using (shop_id, order_id)
        where
            orders.person_id is not null
            and (
                orders.is_valid
                or orders.refunded_amount > 0
            )
        group by
            grouping sets ((groups.group_id, orders.week), (orders.week))
    ),
    -- A week without an order is a zero, not a gap.
    spine as (
        select
            ids.group_id,
            weeks.week
        from
            (
                select distinct
                    group_id
                from
                    totals
            ) as ids
            cross join intermediate.int_weeks as weeks
    )
select
    spine.group_id,
    spine.week,
    coalesce(bought.orders, 0) as orders,
    coalesce(bought.net_amount, 0)::decimal(18, 2) as net_amount,
    coalesce(bought.priced_orders, 0) as priced_orders,
    coalesce(totals.valid_orders, 0) as valid_orders,
    coalesce(totals.matched_orders, 0) as matched_orders,
    coalesce(paid.paid_orders, 0) as paid_orders,
    coalesce(paid.refunded_orders, 0) as refunded_orders
from
    spine
    left join totals using (group_id, week)
    left join bought using (group_id, week)
    left join paid using (group_id, week)
