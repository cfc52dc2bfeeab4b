/*
title:
  zh: "问候帖太多"
  en: "Too many greetings"
description:
  zh: "员工帖子里问候至少占 40%。"
  en: "40 % or more of the staff posts are greetings."
severity: watch
owner: 内容官
rootCause: content
params:
  share_max: {default: 0.4, zh: "问候占比", en: "share of greetings"}
minSample: 15
needs: [staff]
evidence:
  greeting_share: ["问候占比", "share of greetings", ratio]
  staff_posts: ["员工帖子", "staff posts", count]
rows: {query: rows_labels, params: {label: greeting, sender: staff}}
suggestion:
  zh: "{staff_posts} 篇员工帖里 {greeting_share} 是问候。早晚各留一条，其余换成能用上的小知识。"
  en: "{greeting_share} of {staff_posts} staff posts are greetings. Keep one each morning and evening; swap the rest for tips."
expect:
  - {input: staff_greetings, direction: down, zh: "问候帖", en: "greetings"}
followUp:
  weeks: 1
  zh: "下周：不到 40%"
  en: "next week: below"
  done: "staff_greetings < $share_max * staff_posts"
sources: [S3-18]
falsePositives:
  zh: "欢迎新人不算问候；节日当天"
  en: "Welcoming newcomers is no greeting; holidays"
*/
select
    group_id,
    week,
    staff_posts as sample,
    members_present as affected,
    staff_greetings / staff_posts as gap,
    staff_greetings / staff_posts as greeting_share,
    staff_posts
from
    marts.rule_inputs
where
    staff_greetings >= $share_max * staff_posts
