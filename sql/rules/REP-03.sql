/*
title:
  zh: "能叫醒的沉睡成员"
  en: "Wakeable dormant members"
description:
  zh: "沉睡成员里得分在前 30% 的，至少 20 人（少于 20 人留不出对照）。"
  en: "At least 20 of the dormant members score in their upper 30 %; fewer leave no holdout."
severity: act
owner: 副团长
rootCause: winback
coolDownWeeks: 4
cost: medium
params:
  people_min: {default: 20, zh: "至少几人", en: "people"}
minSample: 20
evidence:
  wakeable: ["值得先叫的", "worth trying first", people]
  dormant: ["沉睡成员", "dormant members", people]
holdout: true
suggestion:
  zh: "{dormant} 位沉睡成员里，{wakeable} 位买得多、睡得短，值得先叫。一人一次，只问他上回关心的那件事，随机留出一部分不发。"
  en: "Of {dormant} dormant members {wakeable} bought more and slept less. One message each about their last interest, with a random holdout."
expect:
  - {input: dormant, direction: down, zh: "沉睡成员", en: "dormant members"}
followUp:
  weeks: 2
  zh: "14 天后看留出组差"
  en: "the holdout difference in 14 days"
sources: [S4-31, S0-04]
falsePositives:
  zh: "已退订；14 天内发过；员工小号"
  en: "Opted out; written to within 14 days; second accounts of staff"
*/
select
    group_id,
    week,
    wakeable as sample,
    wakeable as affected,
    wakeable,
    dormant
from
    marts.rule_inputs
where
    wakeable >= $people_min
