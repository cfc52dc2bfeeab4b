/*
title:
  zh: "没有帮手"
  en: "No helpers"
description:
  zh: "成员加员工（不含机器人）超过 50 人，员工不到 2 人。"
  en: "More than 50 members and staff, bots left out, and fewer than two of them are staff."
severity: watch
owner: 团长
rootCause: team
coolDownWeeks: 13
cost: medium
params:
  people_max: {default: 50, zh: "超过几人", en: "more than"}
  staff_min: {default: 2, zh: "最少员工", en: "fewest staff"}
needs: [members]
evidence:
  people: ["成员加员工", "members and staff", people]
  staff: ["员工", "staff", people]
suggestion:
  zh: "群里 {people} 人，只有 {staff} 位员工。从爱帮人的成员里请两位，先试一个月，说清做什么、得什么。"
  en: "{people} people and {staff} staff. Invite two helpful members for a month’s trial; say what they do and get."
expect:
  - {kpi: reply_rate, direction: up}
followUp:
  weeks: 4
  zh: "4 周后看帮手和答复率"
  en: "helpers and replies in 4 weeks"
  done: "staff >= $staff_min"
sources: [S4-08]
falsePositives:
  zh: "员工没登记；一人多岗"
  en: "Staff not listed; one person with several jobs"
*/
select
    group_id,
    week,
    members_end + staff as sample,
    members_end as affected,
    members_end + staff as people,
    staff
from
    marts.rule_inputs
where
    members_end + staff > $people_max
    and staff < $staff_min
