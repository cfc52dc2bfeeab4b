/*
title:
  zh: "转化期没分层"
  en: "One offer for all"
description:
  zh: "转化阶段里不同的优惠不到 2 种。"
  en: "Fewer than two different offers in the conversion phase."
severity: watch
owner: 运营经理
rootCause: camp
coolDownWeeks: 4
params:
  offers_min: {default: 2, zh: "优惠种类", en: "offers"}
minSample: 1
needs: [plan]
evidence:
  offers: ["优惠种类", "offers", count]
suggestion:
  zh: "转化阶段只有 {offers} 种优惠。按标签分两档：全勤一档，普通一档。"
  en: "Only {offers} offer in the conversion phase. Two offers by tag: full attendance, and the rest."
expect:
  - {kpi: conversion_rate, direction: up}
followUp:
  weeks: 1
  zh: "本期结束看转化率"
  en: "conversion at the end of the camp"
  done: "conversion_offers >= $offers_min"
sources: [S0-26, S4-31]
falsePositives:
  zh: "单品营；标签没导入"
  en: "Camps with one product; tags not imported"
*/
select
    group_id,
    week,
    conversion_steps as sample,
    members_present as affected,
    conversion_offers as offers
from
    marts.rule_inputs
where
    conversion_steps > 0
    and conversion_offers < $offers_min
