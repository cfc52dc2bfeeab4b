/*
title:
  zh: "没有真实反馈"
  en: "No proof from buyers"
description:
  zh: "14 天内没有看到买家反馈，而群里有人下单。"
  en: "No feedback by a buyer for 14 days although the group buys."
severity: watch
owner: 内容官
rootCause: conversion
coolDownWeeks: 4
params:
  buyers_min: {default: 1, zh: "最少买家", en: "fewest buyers"}
needs: [orders]
evidence:
  feedback: ["买家反馈（14 天）", "feedback posts in 14 days", count]
  buyers: ["买家", "buyers", people]
suggestion:
  zh: "这周 {buyers} 位买家，14 天里没看到一条买家反馈。征得同意，每周转两条原话或晒单。"
  en: "{buyers} bought this week and no feedback was seen for 14 days. Repost two consented quotes a week."
expect:
  - {kpi: conversion_rate, direction: up}
followUp:
  weeks: 4
  zh: "4 周后看转化率"
  en: "conversion in 4 weeks"
  done: "feedback_14d > 0"
sources: [S4-28, S4-02]
falsePositives:
  zh: "反馈在图片里；新品没到货"
  en: "Feedback in pictures; a new item not yet delivered"
*/
select
    group_id,
    week,
    buyers as sample,
    members_present as affected,
    feedback_14d as feedback,
    buyers
from
    marts.rule_inputs
where
    feedback_14d = 0
    and buyers >= $buyers_min
