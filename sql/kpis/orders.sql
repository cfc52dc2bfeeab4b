/*
title: {zh: 订单数, en: Orders}
description:
  zh: 成员的有效订单（已付款且净额大于 0）。
  en: "Valid orders of members: paid, net above 0."
unit: count
good: up
minDenominator: 0
needs: [orders, buyers]
shownWith: match_rate
weekdays: {from: marts.weekdays, numerator: orders}
*/
select
    group_id,
    week,
    '*' as segment,
    orders as numerator,
    null::bigint as denominator
from
    marts.order_weeks
