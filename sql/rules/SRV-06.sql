/*
title:
  zh: "跟买家争起来"
  en: "Arguing with a buyer"
description:
  zh: "员工对已确认的投诉用了否认句式，至少 1 次。"
  en: "Staff answered a confirmed complaint with a denial."
severity: urgent
owner: 团长
rootCause: service
tick: true
params:
  argued_min: {default: 1, zh: "几次", en: "times"}
minSample: 1
evidence:
  argued: ["争辩", "denials", count]
rows: {query: rows_cases, params: {kind: complaint}}
suggestion:
  zh: "有 {argued} 次员工对投诉用了否认的说法，请看原话。把争辩句换成安抚句，这一单由团长接手。"
  en: "Staff denied a complaint {argued} times; read the words. Replace the argument with a calming line; the leader takes over."
expect:
  - {input: complaints_argued, direction: down, zh: "争辩", en: "denials"}
followUp:
  weeks: 4
  zh: "4 周后看投诉后离群"
  en: "leaves after complaints in 4 weeks"
  done: "complaints_confirmed > 0 and complaints_argued = 0"
sources: [S4-36]
falsePositives:
  zh: "解释事实不等于争辩；引用买家原话"
  en: "Explaining is no arguing; quoting the buyer"
*/
select
    group_id,
    week,
    complaints_argued as sample,
    complaints_argued as argued
from
    marts.rule_inputs
where
    complaints_argued >= $argued_min
