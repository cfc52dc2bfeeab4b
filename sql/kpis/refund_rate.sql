/*
title: {zh: 退款率, en: Refund rate}
description:
  zh: 成员本周付款的订单（后来全退的也算，所以不少于订单数）中，已有退款的订单。新近的周还会上升，满 28 天才和上周比出好坏。
  en: "Orders that members paid in the week (those refunded whole too, so no fewer than the orders) with any refund so far; recent weeks still rise, so a week is judged after 28 days."
unit: ratio
good: down
minDenominator: 20
of: {zh: 单, en: orders}
settledAfter: 28
needs: [orders, buyers]
*/
select
    group_id,
    week,
    '*' as segment,
    refunded_orders as numerator,
    paid_orders as denominator
from
    marts.order_weeks
