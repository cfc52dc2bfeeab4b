/*
title: Orders in another currency
description: Valid orders of the week whose money no KPI adds up, as it is not the workspace's; and what to do where all are.
params:
  week: {type: date, default: null}
  group_id: {type: text, default: "*"}
people: []
*/
with
    valid as (
        select
            orders.is_counted,
            orders.currency,
            orders.currency <> about.currency as is_foreign,
            about.currency as own
        from
            marts.orders as orders
            cross join report.about
        where
            orders.is_valid
            and orders.week = $week::date
            and $group_id in ('*', orders.group_id)
    ),
    foreign_money as (
        select
            count(*) as orders,
            count(*) filter(is_counted) as counted,
            string_agg(
                distinct currency,
                ', '
                order by
                    currency
            ) as currencies,
            count(distinct currency) as kinds,
            (
                select
                    count(*)
                from
                    valid
                where
                    not is_foreign
            ) as own_orders,
            any_value(own) as own
        from
            valid
        where
            is_foreign
    )
select
    'other_currency' as code,
    'warn' as severity,
    if (
        own_orders = 0
        and kinds = 1,
        format(
            '本周的 {0} 笔订单金额都是 {1}，而工作区只计 {2}：成交额会是 0。请在 fupan.yaml 里写 currency: {1}，再运行 fupan run。',
            orders,
            currencies,
            own
        ),
        format(
            '本周有 {} 笔订单是 {}：笔数和人数算进去了，金额没有（只计 {}），净成交额和客单价会偏低。',
            counted,
            currencies,
            own
        )
    ) as zh,
    if (
        own_orders = 0
        and kinds = 1,
        format(
            'All {0} orders of the week are in {1}, and the workspace counts {2} alone: sales will be 0. Write currency: {1} in fupan.yaml and run fupan run.',
            orders,
            currencies,
            own
        ),
        format(
            'Orders of the week in {1}: {0}. They count as orders and buyers, their money does not ({2} only), so GMV and order value are low.',
            counted,
            currencies,
            own
        )
    ) as en,
    '/imports' as href
from
    foreign_money
where
    counted > 0
    or orders > 0
    and own_orders = 0
    and kinds = 1
