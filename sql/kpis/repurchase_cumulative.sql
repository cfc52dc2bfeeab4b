/*
title: {zh: 累计复购率, en: Cumulative repurchase}
description:
  zh: 截至周末，买过的人中有两个或以上购买日的人（M-04）。只升不快降，看趋势用。
  en: To the week end, persons with two or more purchase days, of persons with one (M-04). It can only drift.
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
    repeat_buyers_ever as numerator,
    buyers_ever as denominator
from
    marts.repurchase_weeks
