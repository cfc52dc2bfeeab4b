/*
title: {zh: 下单人数（周末时）, en: Buyers as reported}
description:
  zh: 本周结束那一刻有有效订单的成员；之后的退款不算进来。
  en: "Members with a valid order as known when the week ended."
unit: count
good: up
minDenominator: 0
needs: [orders, buyers]
variantOf: buyers
asReported: true
*/
select
    group_id,
    week,
    '*' as segment,
    buyers as numerator,
    null::bigint as denominator
from
    marts.reported_weeks
