/*
title: {zh: 周复购率（周末时）, en: Repurchase rate as reported}
description:
  zh: 本周结束那一刻的下单人里，那时已有更早购买日的人。
  en: "Buyers as known when the week ended who had an earlier purchase day then, of those buyers."
unit: ratio
good: up
minDenominator: 20
of: {zh: 人, en: people}
needs: [orders, buyers]
variantOf: repurchase_rate
asReported: true
*/
select
    group_id,
    week,
    '*' as segment,
    repeat_buyers as numerator,
    buyers as denominator
from
    marts.reported_weeks
