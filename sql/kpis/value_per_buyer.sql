/*
title: {zh: 客单价（每人）, en: Net amount per buyer}
description:
  zh: 净成交额除以下单人数。其他币种的订单不算。
  en: "Net GMV over the buyers of the week. Orders in another currency are left out."
unit: money
good: up
minDenominator: 20
needs: [orders, buyers]
shownWith: match_rate
variantOf: aov
people:
  from: marts.buyer_weeks
  numerator: net_amount
  denominator: priced_orders > 0
*/
select
    group_id,
    week,
    '*' as segment,
    orders.net_amount::double as numerator,
    coalesce(repurchase.priced_buyers, 0) as denominator
from
    marts.order_weeks as orders
    left join marts.repurchase_weeks as repurchase using (group_id, week)
