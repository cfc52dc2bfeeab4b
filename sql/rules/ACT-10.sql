/*
title:
  zh: "问句太封闭"
  en: "Closed questions"
description:
  zh: "员工的问句里封闭式至少 60%。"
  en: "60 % or more of the staff questions can be answered yes or no."
severity: watch
owner: 话题官
rootCause: content
params:
  share_max: {default: 0.6, zh: "封闭占比", en: "share of closed ones"}
minSample: 5
needs: [staff]
evidence:
  closed_share: ["封闭问句占比", "share of closed questions", ratio]
  staff_questions: ["员工问句", "staff questions", count]
rows: {query: rows_labels, params: {label: question, sender: staff}}
suggestion:
  zh: "{staff_questions} 个员工问句里 {closed_share} 是“是不是、买了没”。换成“最拿不准哪一点”，答案越短越好接。"
  en: "{closed_share} of {staff_questions} staff questions are yes-or-no. Ask what people are least sure of; short answers are easiest."
expect:
  - {kpi: activity_rate, direction: up}
followUp:
  weeks: 1
  zh: "下周：每问回应数"
  en: "next week: answers per question"
  done: "closed_questions < $share_max * staff_questions"
sources: [S4-20]
falsePositives:
  zh: "投票、打卡、报名确认本就该封闭；问句识别误判"
  en: "Votes, check-ins and sign-ups are closed by nature; wrongly recognised questions"
*/
select
    group_id,
    week,
    staff_questions as sample,
    members_present as affected,
    closed_questions / staff_questions as gap,
    closed_questions / staff_questions as closed_share,
    staff_questions
from
    marts.rule_inputs
where
    closed_questions >= $share_max * staff_questions
