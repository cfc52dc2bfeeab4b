/*
title: {zh: 客均单价（周末时）, en: Net amount per order as reported}
description:
  zh: 本周结束那一刻的净成交额除以有效订单数。其他币种的订单不算。
  en: "Net GMV over valid orders, as known when the week ended. Orders in another currency are left out."
unit: money
good: up
minDenominator: 20
needs: [orders, buyers]
variantOf: aov
asReported: true
*/
select
    group_id,
    week,
    '*' as segment,
    net_amount::double as numerator,
    priced_orders as denominator
from
    marts.reported_weeks
