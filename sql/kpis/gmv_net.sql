/*
title: {zh: 净成交额, en: Net GMV}
description:
  zh: 成员有效订单的实付减退款，只计工作区币种。
  en: Paid minus refunded of valid orders of members, in the currency of the workspace.
unit: money
good: up
minDenominator: 0
needs: [orders, buyers]
shownWith: match_rate
people: {from: marts.buyer_weeks, numerator: net_amount, denominator: null}
factors:
  - {title: {zh: 在群人数, en: Members present}, numerator: conversion_rate.denominator}
  - {title: {zh: 转化率, en: Conversion rate}, numerator: buyers.numerator, denominator: conversion_rate.denominator}
  - {title: {zh: 人均单数, en: Orders per buyer}, numerator: orders.numerator, denominator: buyers.numerator}
  - {title: {zh: 笔单价, en: Value per order}, numerator: gmv_net.numerator, denominator: orders.numerator}
weekdays: {from: marts.weekdays, numerator: net_amount}
*/
select
    group_id,
    week,
    '*' as segment,
    net_amount::double as numerator,
    null::bigint as denominator
from
    marts.order_weeks
