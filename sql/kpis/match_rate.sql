/*
title: {zh: 订单匹配率, en: Order match rate}
description:
  zh: 有效订单中能对上群友的比例；对不上的越多，转化率越是下限。
  en: Valid orders matched to a person; the lower it is, the more conversion is a lower bound.
unit: ratio
good: up
minDenominator: 20
of: {zh: 单, en: orders}
needs: orders
*/
select
    group_id,
    week,
    '*' as segment,
    matched_orders as numerator,
    valid_orders as denominator
from
    marts.order_weeks
