/*
title:
  zh: "投诉首答超时"
  en: "Complaint not answered in time"
description:
  zh: "已确认的投诉 30 分钟内没有员工首答，至少 1 件。"
  en: "A confirmed complaint had no first answer by staff within 30 minutes."
severity: urgent
owner: 群客服
rootCause: service
params:
  late_min: {default: 1, zh: "几件", en: "complaints"}
minSample: 1
evidence:
  late: ["首答超时", "answered late", count]
  confirmed: ["已确认投诉", "confirmed complaints", count]
  escalated: ["2 小时还没答", "open after 2 hours", count]
rows: {query: rows_cases, params: {kind: complaint}}
suggestion:
  zh: "{confirmed} 件已确认投诉里 {late} 件首答超时，其中 {escalated} 件 2 小时还没人应。先应一声并报名字，再安抚、给两条路、约回访时间。"
  en: "{late} of {confirmed} confirmed complaints were answered late, {escalated} not within 2 hours. Acknowledge with a name, calm, offer two ways, set a follow-up."
expect:
  - {input: complaints_late, direction: down, zh: "首答超时的投诉", en: "complaints answered late"}
followUp:
  weeks: 1
  zh: "下周：超时 0"
  en: "next week: none late"
  done: "complaints_confirmed > 0 and complaints_late = 0"
sources: [S4-36]
falsePositives:
  zh: "吐槽别家；玩笑；私聊已处理没登记"
  en: "Complaints about others; jokes; settled in private"
*/
select
    group_id,
    week,
    complaints_confirmed as sample,
    complaints_late as affected,
    complaints_late / complaints_confirmed as gap,
    complaints_late as late,
    complaints_confirmed as confirmed,
    complaints_escalated as escalated
from
    marts.rule_inputs
where
    complaints_late >= $late_min
