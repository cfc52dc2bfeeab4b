/*
title:
  zh: "外来广告没处理"
  en: "Foreign ad unhandled"
description:
  zh: "已确认的成员广告发出后 10 分钟内没有员工提醒（营销群：180 秒内没有红包）。"
  en: "A confirmed member ad had no warning by staff within 10 minutes (marketing groups: no red packet within 180 seconds)."
severity: act
owner: 副团长
rootCause: rules
tick: true
params:
  unhandled_min: {default: 1, zh: "几条", en: "ads"}
minSample: 1
evidence:
  unhandled: ["没处理", "unhandled", count]
  member_ads: ["成员广告", "member ads", count]
rows: {query: rows_labels, params: {label: ad, sender: member}}
suggestion:
  zh: "{member_ads} 条成员广告里 {unhandled} 条没人提醒。按公约提醒，再犯列为移出候选，处理完告诉大家。"
  en: "{unhandled} of {member_ads} member ads were not answered. Remind by the rules, list repeaters as candidates, tell the group."
expect:
  - {input: member_ads_unhandled, direction: down, zh: "没处理的成员广告", en: "unhandled member ads"}
followUp:
  weeks: 1
  zh: "下周：都有提醒"
  en: "next week: none unhandled"
  done: "member_ads_confirmed > 0 and member_ads_unhandled = 0"
sources: [S3-10, S3-22, S4-35]
falsePositives:
  zh: "成员分享实用文章；红包金额缺失写“无法核实”，不算违规"
  en: "Useful articles; a packet without a readable amount is unverified, not a violation"
*/
select
    group_id,
    week,
    member_ads_confirmed as sample,
    member_ads_unhandled as affected,
    member_ads_unhandled / member_ads_confirmed as gap,
    member_ads_unhandled as unhandled,
    member_ads_confirmed as member_ads
from
    marts.rule_inputs
where
    member_ads_unhandled >= $unhandled_min
