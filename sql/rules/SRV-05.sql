/*
title:
  zh: "投诉没回访"
  en: "No follow-up"
description:
  zh: "处理完 7 天还没有跟进消息，至少 1 件。"
  en: "A settled complaint had no follow-up within 7 days."
severity: act
owner: 群客服
rootCause: service
tick: true
params:
  without_min: {default: 1, zh: "几件", en: "complaints"}
minSample: 1
evidence:
  without: ["没回访", "without follow-up", count]
  settled: ["已处理的投诉", "settled complaints", count]
rows: {query: rows_cases, params: {kind: complaint}}
suggestion:
  zh: "{settled} 件处理过的投诉里 {without} 件没看到回访。逐个问一句收到没、好用没，再销案。"
  en: "{without} of {settled} settled complaints had no follow-up. Ask each one before closing the case."
expect:
  - {input: complaints_without_follow_up, direction: down, zh: "没回访的投诉", en: "complaints without follow-up"}
followUp:
  weeks: 1
  zh: "下周：都回访"
  en: "next week: none left"
  done: "complaints_settled > 0 and complaints_without_follow_up = 0"
sources: [S4-36, S2-08]
falsePositives:
  zh: "跟进在私聊或电话"
  en: "Followed up in private or by phone"
*/
select
    group_id,
    week,
    complaints_settled as sample,
    complaints_without_follow_up as affected,
    complaints_without_follow_up / complaints_settled as gap,
    complaints_without_follow_up as without,
    complaints_settled as settled
from
    marts.rule_inputs
where
    complaints_without_follow_up >= $without_min
