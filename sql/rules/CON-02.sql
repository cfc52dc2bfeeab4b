/*
title:
  zh: "问了价没下单"
  en: "Asked but did not buy"
description:
  zh: "表示想买的人 72 小时没下单，至少 5 人。"
  en: "Five people or more wanted to buy and placed no order within 72 hours."
severity: act
owner: 福利官
rootCause: conversion
tick: true
params:
  people_min: {default: 5, zh: "几人", en: "people"}
minSample: 5
needs: [orders]
evidence:
  without: ["没下单", "without an order", people]
  wanted: ["表示想买", "wanted to buy", people]
rows: {query: rows_labels, params: {label: purchase_intent}}
suggestion:
  zh: "至少 {wanted} 人说想买，{without} 人 72 小时没下单。逐个回他问的那一点，合适再给一张短期券。"
  en: "At least {wanted} wanted to buy, {without} had no order after 72 hours. Reply to the exact point; a coupon only if it fits."
expect:
  - {kpi: conversion_rate, direction: up}
followUp:
  weeks: 1
  zh: "下周：意向转下单"
  en: "next week: orders of those who asked"
sources: [S4-29, S4-30]
falsePositives:
  zh: "接龙登记了没回传订单；替别人问；在别处下单"
  en: "Order lists not yet in the orders; asking for others; bought elsewhere"
*/
select
    group_id,
    week,
    intent_persons as sample,
    intent_without_order as affected,
    intent_without_order / intent_persons as gap,
    intent_without_order as without,
    intent_persons as wanted
from
    marts.rule_inputs
where
    intent_without_order >= $people_min
