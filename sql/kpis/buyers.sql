/*
title: {zh: 下单人数, en: Buyers}
description:
  zh: 本周有有效订单的成员，每人一次。
  en: Members with a valid order this week, each once.
unit: count
good: up
minDenominator: 0
needs: [orders, buyers]
shownWith: match_rate
people: {from: marts.buyer_weeks, numerator: "true", denominator: null}
*/
select
    group_id,
    week,
    '*' as segment,
    buyers as numerator,
    null::bigint as denominator
from
    marts.repurchase_weeks
