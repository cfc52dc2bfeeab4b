/*
title: {zh: 订单数（周末时）, en: Orders as reported}
description:
  zh: 本周结束那一刻已知的有效订单；之后的退款不算进来。
  en: "Valid orders as known when the week ended; later refunds are left out."
unit: count
good: up
minDenominator: 0
needs: [orders, buyers]
variantOf: orders
asReported: true
*/
select
    group_id,
    week,
    '*' as segment,
    orders as numerator,
    null::bigint as denominator
from
    marts.reported_weeks
