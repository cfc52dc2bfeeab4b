/*
title: {zh: 首购 90 天复购率, en: Second purchase within 90 days}
description:
  zh: 本周首次购买且已观察满 90 天的人中，90 天内再次购买的人；没观察满的不算。
  en: "First-time buyers of the week observed for 90 full days who bought again within them; others are left out."
unit: ratio
good: up
minDenominator: 20
of: {zh: 人, en: people}
observedDays: 90
needs: [orders, buyers]
shownWith: match_rate
*/
select
    group_id,
    week,
    '*' as segment,
    again_90d as numerator,
    observed_90d as denominator
from
    marts.repurchase_weeks
