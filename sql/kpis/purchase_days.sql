/*
title: {zh: 购买日数, en: Purchase days}
description:
  zh: 每个买家每个有有效订单的日子算一个。
  en: "Days with a valid order, each buyer's counted apart."
unit: count
good: up
minDenominator: 0
needs: [orders, buyers]
shownWith: match_rate
*/
select
    group_id,
    week,
    '*' as segment,
    purchase_days as numerator,
    null::bigint as denominator
from
    marts.repurchase_weeks
