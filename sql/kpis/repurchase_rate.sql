/*
title: {zh: 周复购率, en: Repurchase rate}
description:
  zh: 本周下单的人中，本周之前已有购买日的人（M-03）。
  en: Buyers of the week who have a purchase day before it, of buyers of the week (M-03).
unit: ratio
good: up
minDenominator: 20
of: {zh: 人, en: people}
needs: [orders, buyers]
shownWith: match_rate
people: {from: marts.buyer_weeks, numerator: is_repeat, denominator: "true"}
*/
select
    group_id,
    week,
    '*' as segment,
    repeat_buyers as numerator,
    buyers as denominator
from
    marts.repurchase_weeks
