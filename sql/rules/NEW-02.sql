/*
title:
  zh: "新人没人招呼"
  en: "No personal welcome"
description:
  zh: "24 小时内被员工招呼的新人不到 80%。"
  en: "Fewer than 80 % of the newcomers were greeted by staff within 24 hours."
severity: act
owner: 副团长
rootCause: welcome
params:
  share_min: {default: 0.8, zh: "招呼率", en: "share greeted"}
minSample: 5
needs: [members, staff]
evidence:
  welcomed: ["被招呼的新人", "greeted", people]
  newcomers: ["新人", "newcomers", people]
  rate: ["招呼率", "share greeted", ratio]
rows: {query: rows_cases, params: {kind: welcome}}
suggestion:
  zh: "{newcomers} 位新人里只有 {welcomed} 位 24 小时内被招呼（{rate}）。每天定两个时点把新人逐个点到，批量进来就合成一条。"
  en: "Only {welcomed} of {newcomers} newcomers were greeted within 24 hours ({rate}). Fix two welcome rounds a day; merge bulk joins into one post."
expect:
  - {kpi: newcomer_7d, direction: up}
followUp:
  weeks: 1
  zh: "下周：至少 95%"
  en: "next week: 95 %"
  done: "welcome_cases > 0 and welcome_done >= 0.95 * welcome_cases"
sources: [S4-15]
falsePositives:
  zh: "合并欢迎没有 @；昵称改过，匹配不上"
  en: "A merged welcome without mentions; changed nicknames"
*/
select
    group_id,
    week,
    welcome_cases as sample,
    welcome_cases - welcome_done as affected,
    1 - welcome_done / welcome_cases / $share_min as gap,
    welcome_done as welcomed,
    welcome_cases as newcomers,
    welcome_done / welcome_cases as rate
from
    marts.rule_inputs
where
    welcome_done < $share_min * welcome_cases
