/*
title: {zh: 下单人数, en: Buyers}
description:
  zh: 本周有有效订单的成员，每人一次。
  en: Members with a valid order this week, each once.
unit: count
good: up
minDenominator: 0
people: {from: marts.buyer_weeks, numerator: bought, denominator: null}
*/
select
    group_id,
    week,
    '*' as segment,
    count(*) filter(bought) as numerator,
    null::bigint as denominator
from
    marts.buyer_weeks
group by
    group_id,
    week
