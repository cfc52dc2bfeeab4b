/*
title:
  zh: "转化率走低"
  en: "Conversion down"
description:
  zh: "转化率判为变差，买家至少 5 位，成员至少 50 位。"
  en: "The verdict on conversion is worse, with five buyers and fifty members at least."
severity: act
owner: 团长
rootCause: conversion
params:
  buyers_min: {default: 5, zh: "最少买家（两周中多的一周）", en: "fewest buyers in the better week"}
minSample: 50
needs: [orders]
evidence:
  rate: ["转化率", "conversion", ratio]
  rate_before: ["上周", "week before", ratio]
  buyers: ["买家", "buyers", people]
suggestion:
  zh: "转化率 {rate_before}→{rate}，买家 {buyers} 位。推广减一场，换成一条真人用后感和一条场景短文。"
  en: "Conversion {rate_before} → {rate}, {buyers} buyers. One ad fewer, one real story and one scene post more."
expect:
  - {kpi: conversion_rate, direction: up}
followUp:
  weeks: 1
  zh: "下周看转化率"
  en: "conversion next week"
sources: [S4-40, S4-28, S4-30, S4-44]
falsePositives:
  zh: "订单匹配率变了；上周大促透支；新人涌入"
  en: "Another match rate; a big sale the week before; many newcomers"
*/
select
    inputs.group_id,
    inputs.week,
    inputs.members_present as sample,
    abs(verdicts.delta) * inputs.members_present as affected,
    least(1, abs(verdicts.delta) / rates.previous_value) as gap,
    verdicts.strength,
    rates.value as rate,
    rates.previous_value as rate_before,
    inputs.buyers
from
    marts.rule_inputs as inputs
    inner join report.verdicts as verdicts on verdicts.kpi = 'conversion_rate'
    and verdicts.group_id = inputs.group_id
    and verdicts.week = inputs.week
    inner join report.comparisons as rates on rates.kpi = verdicts.kpi
    and rates.group_id = verdicts.group_id
    and rates.week = verdicts.week
where
    verdicts.verdict = 'worse'
    -- Where the imported orders end in the middle of the week, or before it, fewer are there and not fewer bought.
    and coalesce(inputs.has_orders, true)
    and greatest(rates.numerator, rates.previous_numerator) >= $buyers_min
