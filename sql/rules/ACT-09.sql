/*
title:
  zh: "形式太单一"
  en: "One format only"
description:
  zh: "员工帖子里一种形式占至少 90%。"
  en: "One kind of message makes up 90 % of the staff posts or more."
severity: watch
owner: 内容官
rootCause: content
coolDownWeeks: 4
params:
  share_max: {default: 0.9, zh: "一种形式占比", en: "share of one kind"}
minSample: 15
needs: [staff]
evidence:
  top_share: ["最多的形式占比", "share of the commonest kind", ratio]
  post_kinds: ["形式数", "kinds", count]
  staff_posts: ["员工帖子", "staff posts", count]
rows: {query: rows_posts}
suggestion:
  zh: "{staff_posts} 篇员工帖里一种形式占 {top_share}。下周至少用三种形式，链接前写一句为什么值得看。"
  en: "One kind makes up {top_share} of {staff_posts} staff posts. Use three kinds next week and put a reason before every link."
expect:
  - {input: post_kinds, direction: up, zh: "形式数", en: "kinds of posts"}
followUp:
  weeks: 1
  zh: "下周：至少三种形式"
  en: "next week: three kinds"
  done: "post_kinds >= 3"
sources: [S4-19, S3-26]
falsePositives:
  zh: "营销预设禁媒体；导出丢了图片"
  en: "The marketing preset forbids media; pictures lost in the export"
*/
select
    group_id,
    week,
    staff_posts as sample,
    members_present as affected,
    top_kind_posts / staff_posts as gap,
    top_kind_posts / staff_posts as top_share,
    post_kinds,
    staff_posts
from
    marts.rule_inputs
where
    top_kind_posts >= $share_max * staff_posts
    and coalesce(kind, '') <> 'marketing'
