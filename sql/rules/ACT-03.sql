/*
title:
  zh: "活跃上升，值得留住"
  en: "Activity up: keep what changed"
description:
  zh: "活跃率明显变好。"
  en: "The verdict on activity is clearly better."
severity: watch
owner: 运营经理
rootCause: keep
minSample: 30
evidence:
  rate: ["活跃率", "activity rate", ratio]
  rate_before: ["上周", "week before", ratio]
  topics: ["话题帖", "topic posts", count]
  ads: ["推广次数", "ad units", count]
suggestion:
  zh: "活跃率 {rate_before}→{rate}，明显变好；这周话题帖 {topics} 条、推广 {ads} 次。把这周新加的动作写进 SOP，再挑一两个同类群照做，其余群先不动，留作对照。"
  en: "Activity {rate_before} → {rate}, clearly better, with {topics} topic posts and {ads} ads. Write what was new into the SOP and copy it to one or two similar groups; leave the others as controls."
expect:
  - {kpi: activity_rate, direction: up}
followUp:
  weeks: 1
  zh: "下周：与没照做的同类群比"
  en: "next week: against similar groups that did not"
sources: [S4-42, S4-43, S3-27, S0-05]
falsePositives:
  zh: "红包、节日、名人进群的一次性热闹"
  en: "One-off excitement: red packets, holidays, a celebrity"
*/
select
    inputs.group_id,
    inputs.week,
    inputs.members_present as sample,
    verdicts.delta * inputs.members_present as affected,
    verdicts.delta as gap,
    verdicts.strength,
    rates.value as rate,
    rates.previous_value as rate_before,
    inputs.topic_posts as topics,
    inputs.ad_units as ads
from
    marts.rule_inputs as inputs
    inner join report.verdicts as verdicts on verdicts.kpi = 'activity_rate'
    and verdicts.group_id = inputs.group_id
    and verdicts.week = inputs.week
    inner join report.comparisons as rates on rates.kpi = verdicts.kpi
    and rates.group_id = verdicts.group_id
    and rates.week = verdicts.week
where
    verdicts.verdict = 'better'
    and verdicts.strength = 'clear'
