/*
title: {zh: 客均单价（每单）, en: Net amount per order}
description:
  zh: 净成交额除以有效订单数。其他币种的订单不算。
  en: "Net GMV over valid orders. Orders in another currency are left out."
unit: money
good: up
minDenominator: 20
needs: [orders, buyers]
shownWith: match_rate
people:
  from: marts.buyer_weeks
  numerator: net_amount
  denominator: priced_orders
*/
select
    group_id,
    week,
    '*' as segment,
    net_amount::double as numerator,
    priced_orders as denominator
from
    marts.order_weeks
