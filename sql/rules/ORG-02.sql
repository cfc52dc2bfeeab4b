/*
title:
  zh: "谁适合当帮手"
  en: "Role candidates"
description:
  zh: "有人的帮助性回复在前 5%，而且近 28 天活跃至少 8 天；群里至少 50 人。"
  en: "Someone is among the top 5 % by helpful replies and active on 8 of 28 days; fifty members at least."
severity: watch
owner: 团长
rootCause: team
coolDownWeeks: 13
params:
  staff_enough: {default: 4, zh: "员工够了就不提", en: "enough staff"}
minSample: 50
evidence:
  candidates: ["候选人", "candidates", people]
  helps: ["最多帮过", "most replies", count]
  members: ["成员", "members", people]
suggestion:
  zh: "有 {candidates} 位成员常帮人，最多的一位近 4 周回了 {helps} 次。拿着他帮过的次数去请，给名号也给一样实在的。"
  en: "{candidates} members help often, the first with {helps} replies in 4 weeks. Invite with the count of help given; a title plus a perk."
expect:
  - {input: staff, direction: up, zh: "员工", en: "staff"}
followUp:
  weeks: 4
  zh: "4 周后：空缺的角色"
  en: "open roles in 4 weeks"
  done: "staff >= 2"
sources: [S4-09, S1-17]
falsePositives:
  zh: "常发言不等于帮忙；卖家小号"
  en: "Talking much is no help; second accounts of sellers"
*/
select
    group_id,
    week,
    members_present as sample,
    helpers as affected,
    helpers as candidates,
    most_helps as helps,
    members_present as members
from
    marts.rule_inputs
where
    helpers >= 1
    and staff < $staff_enough
