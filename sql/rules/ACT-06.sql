/*
title:
  zh: "员工独角戏"
  en: "Staff monologue"
description:
  zh: "员工消息占至少 60%。"
  en: "Staff sent 60 % of the messages or more."
severity: watch
owner: 内容官
rootCause: content
params:
  share_max: {default: 0.6, zh: "员工占比", en: "share of staff"}
minSample: 50
needs: [staff]
evidence:
  staff_share: ["员工占比", "share of staff", ratio]
  staff_messages: ["员工消息", "staff messages", count]
  member_messages: ["成员消息", "member messages", count]
rows: {query: rows_posts}
suggestion:
  zh: "员工发了 {staff_messages} 条，成员 {member_messages} 条，员工占 {staff_share}。每篇末尾留一个答得上来的小问题，少发一半，空下来回人。"
  en: "Staff sent {staff_messages}, members {member_messages} ({staff_share} staff). End posts with one easy question; post half as much, answer more."
expect:
  - {kpi: activity_rate, direction: up}
followUp:
  weeks: 1
  zh: "下周：零回应率"
  en: "next week: posts without an answer"
  done: "staff_messages < $share_max * (staff_messages + member_messages)"
sources: [S4-19, S1-01, S3-15]
falsePositives:
  zh: "训练营授课窗口；售后群；机器人没登记"
  en: "Teaching hours of a camp; after-sale groups; a bot not listed"
*/
select
    group_id,
    week,
    staff_messages + member_messages as sample,
    members_present as affected,
    staff_messages / (staff_messages + member_messages) as gap,
    staff_messages / (staff_messages + member_messages) as staff_share,
    staff_messages,
    member_messages
from
    marts.rule_inputs
where
    staff_messages >= $share_max * (staff_messages + member_messages)
