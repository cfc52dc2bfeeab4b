/*
title: Orders under two shops
description: >-
  Paid orders of one long number that stand under two shops on one day, as where a shop's export and a list kept by hand hold the same
  orders: each counts twice. Of all weeks.
params:
  group_id: {type: text, default: "*"}
people: []
*/
select
    'orders_twice' as code,
    'warn' as severity,
    format(
        '{} 个订单号同一天在两个来源里都有（多半是平台导出和自己记的表记了同一批订单），算了两遍，订单数和成交额偏高。请撤销其中一份。',
        count(*)
    ) as zh,
    format(
        'Order numbers that stand in two sources on one day: {}. Most likely a platform''s export and a list of your own hold the same orders, which count twice: orders and sales are too high. Undo one of the two.',
        count(*)
    ) as en,
    '/imports' as href
from
    marts.orders_twice
where
    $group_id = '*'
having
    count(*) > 0
