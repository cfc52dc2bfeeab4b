/*
title: {zh: 退款率, en: Refund rate}
description:
  zh: 本周付款的订单中，已有退款（部分或全部）的订单。新近的周还会上升，满 28 天才和上周比出好坏。
  en: "Orders paid in the week with any refund so far; recent weeks still rise, so a week is judged after 28 days."
unit: ratio
good: down
minDenominator: 20
of: {zh: 单, en: orders}
settledAfter: 28
needs: orders
*/
select
    group_id,
    week,
    '*' as segment,
    refunded_orders as numerator,
    paid_orders as denominator
from
    marts.order_weeks
