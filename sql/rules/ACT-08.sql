/*
title:
  zh: "同一段话反复发"
  en: "Repeated posts"
description:
  zh: "7 天内员工帖子有至少 20% 和另一篇几乎一样。"
  en: "20 % or more of the staff posts of the week nearly equal another one."
severity: watch
owner: 内容官
rootCause: content
params:
  share_max: {default: 0.2, zh: "重复占比", en: "share of repeats"}
minSample: 10
needs: [staff]
evidence:
  duplicate_share: ["重复占比", "share of repeats", ratio]
  duplicate_posts: ["重复的帖子", "repeated posts", count]
  staff_posts: ["员工帖子", "staff posts", count]
rows: {query: rows_posts}
suggestion:
  zh: "{staff_posts} 篇员工帖里 {duplicate_posts} 篇是重复的。留效果最好的一版，其余停掉；早晚帖不要和上周撞。"
  en: "{duplicate_posts} of {staff_posts} staff posts repeat another. Keep the best version and drop the rest."
expect:
  - {input: duplicate_posts, direction: down, zh: "重复的帖子", en: "repeated posts"}
followUp:
  weeks: 1
  zh: "下周：不到 10%"
  en: "next week: under 10 %"
  done: "duplicate_posts < 0.1 * staff_posts"
sources: [S3-18, S0-12, S3-15]
falsePositives:
  zh: "公约、物流通知、签到这类固定话术；接龙重发"
  en: "Fixed texts such as rules, shipping notes, check-ins; a reposted order list"
*/
select
    group_id,
    week,
    staff_posts as sample,
    members_present as affected,
    duplicate_posts / staff_posts as gap,
    duplicate_posts / staff_posts as duplicate_share,
    duplicate_posts,
    staff_posts
from
    marts.rule_inputs
where
    duplicate_posts >= $share_max * staff_posts
