/*
title: {zh: 首购 30 天复购率, en: Second purchase within 30 days}
description:
  zh: 本周首次购买且已观察满 30 天的人中，30 天内再次购买的人；没观察满的不算。
  en: "First-time buyers of the week observed for 30 full days who bought again within them; others are left out."
unit: ratio
good: up
minDenominator: 20
of: {zh: 人, en: people}
observedDays: 30
needs: [orders, buyers]
shownWith: match_rate
*/
select
    group_id,
    week,
    '*' as segment,
    again_30d as numerator,
    observed_30d as denominator
from
    marts.repurchase_weeks
