/*
title: {zh: 近 90 天复购率, en: Repurchase in 90 days}
description:
  zh: 周末往前 90 天内买过的人中，有两个或以上购买日的人。
  en: "Persons with a purchase day in the 90 days before the week end who have two or more of them."
unit: ratio
good: up
minDenominator: 20
of: {zh: 人, en: people}
needs: [orders, buyers]
shownWith: match_rate
judgedBy: past
*/
select
    group_id,
    week,
    '*' as segment,
    repeat_buyers_90d as numerator,
    buyers_90d as denominator
from
    marts.repurchase_weeks
