/*
title:
  zh: "新人不知道规矩"
  en: "Newcomers break rules"
description:
  zh: "入群 14 天内的人违规至少 3 次。"
  en: "Members of 14 days or less broke the rules three times or more."
severity: act
owner: 副团长
rootCause: rules
tick: true
params:
  violations_min: {default: 3, zh: "几次", en: "times"}
evidence:
  violations: ["新人违规", "violations by newcomers", count]
  violators: ["涉及人数", "people", people]
rows: {query: rows_labels, params: {label: ad, sender: member}}
suggestion:
  zh: "这周新人至少违规 {violations} 次，涉及 {violators} 人。公约改短、置顶，并接到“发 1 看公约”那一步。"
  en: "At least {violations} violations by {violators} newcomers. Shorten and pin the rules; link them from the welcome."
expect:
  - {input: newcomer_violations, direction: down, zh: "新人违规", en: "violations by newcomers"}
followUp:
  weeks: 1
  zh: "下周：新人违规"
  en: "next week: violations"
  done: "newcomer_violations < $violations_min"
sources: [S3-07, S4-35, S3-12]
falsePositives:
  zh: "词表误报；一个人连犯多次，按人数另看"
  en: "False hits of the word list; one person many times"
*/
select
    group_id,
    week,
    newcomer_violations as sample,
    newcomer_violators as affected,
    newcomer_violations as violations,
    newcomer_violators as violators
from
    marts.rule_inputs
where
    newcomer_violations >= $violations_min
