/*
title: {zh: 笔单价（每购买日）, en: Net amount per purchase day}
description:
  zh: 净成交额除以购买日数，一天内拆成几单的只算一笔。其他币种的订单不算。
  en: "Net GMV over purchase days: an order split in several counts once. Orders in another currency are left out."
unit: money
good: up
minDenominator: 20
needs: [orders, buyers]
shownWith: match_rate
variantOf: aov
people:
  from: marts.buyer_weeks
  numerator: net_amount
  denominator: priced_days
*/
select
    group_id,
    week,
    '*' as segment,
    orders.net_amount::double as numerator,
    coalesce(repurchase.priced_days, 0) as denominator
from
    marts.order_weeks as orders
    left join marts.repurchase_weeks as repurchase using (group_id, week)
