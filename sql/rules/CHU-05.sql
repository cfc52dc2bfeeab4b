/*
title:
  zh: "高价值成员离开"
  en: "High-value leavers"
description:
  zh: "买过至少 2 次的人这周离开至少 2 位。"
  en: "Two people or more with two purchases left in the week."
severity: urgent
owner: 团长
rootCause: churn
params:
  people_min: {default: 2, zh: "几人", en: "people"}
  orders_min: {default: 2, zh: "买过几次（2 或 3）", en: "purchases (2 or 3)"}
needs: [orders, leavers]
evidence:
  leavers: ["离开的老客", "old buyers who left", people]
  leaves: ["退群", "left in all", people]
rows: {query: rows_leavers}
suggestion:
  zh: "这周退群 {leaves} 人，其中 {leavers} 位买过 {orders_min} 次以上。团长逐个问一句，记下原因，不追着推券。"
  en: "{leavers} of {leaves} leavers had bought {orders_min} times or more. The leader asks each once and notes why; no coupon chase."
expect:
  - {input: leavers_repeat, direction: down, zh: "离开的老客", en: "old buyers who left"}
followUp:
  weeks: 2
  zh: "14 天内重新加入的人"
  en: "rejoins within 14 days"
sources: [S4-37, S4-01]
falsePositives:
  zh: "换号；转到另一个群"
  en: "Another account; moved to another group"
*/
select
    group_id,
    week,
    if ($orders_min > 2, leavers_repeat_3, leavers_repeat) as sample,
    if ($orders_min > 2, leavers_repeat_3, leavers_repeat) * 5 as affected,
    if ($orders_min > 2, leavers_repeat_3, leavers_repeat) as leavers,
    leaves
from
    marts.rule_inputs
where
    if ($orders_min > 2, leavers_repeat_3, leavers_repeat) >= $people_min
