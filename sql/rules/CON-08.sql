/*
title:
  zh: "训练营天数不合适"
  en: "Camp length"
description:
  zh: "训练营的课不在 3 到 7 天。"
  en: "A camp has fewer than 3 or more than 7 days of class."
severity: watch
owner: 运营经理
rootCause: camp
coolDownWeeks: 13
params:
  days_min: {default: 3, zh: "最少天数", en: "fewest days"}
  days_max: {default: 7, zh: "最多天数", en: "most days"}
minSample: 1
needs: [plan]
evidence:
  days: ["上课天数", "days of class", days]
suggestion:
  zh: "这个训练营排了 {days} 天课。压缩或拆成两期，每天只讲一件事。"
  en: "The camp has {days} days of class. Shorten or split it; one thing a day."
expect:
  - {kpi: conversion_rate, direction: up}
followUp:
  weeks: 4
  zh: "下一期看完课和转化"
  en: "completion and conversion of the next camp"
  done: "camp_days between $days_min and $days_max"
sources: [S0-11, S0-12]
falsePositives:
  zh: "预热日、答疑日误算成课"
  en: "Warm-up and question days counted as class"
*/
select
    group_id,
    week,
    camp_days as sample,
    members_present as affected,
    camp_days as days
from
    marts.rule_inputs
where
    camp_days is not null
    and camp_days not between $days_min and $days_max
