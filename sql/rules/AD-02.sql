/*
title:
  zh: "推广占比高"
  en: "Too much hard selling"
description:
  zh: "员工帖子里推广超过 30%（超过 50% 为严重）。"
  en: "More than 30 % of the staff posts are ads; above 50 % is severe."
severity: act
owner: 内容官
rootCause: ads
params:
  share_max: {default: 0.3, zh: "提醒线", en: "warning line"}
  severe: {default: 0.5, zh: "严重线", en: "severe line"}
minSample: 15
needs: [staff]
evidence:
  ad_share: ["推广占比", "share of ads", ratio]
  staff_posts: ["员工帖子", "staff posts", count]
  severe_line: ["严重线", "severe above", ratio]
rows: {query: rows_labels, params: {label: ad, sender: staff}}
suggestion:
  zh: "{staff_posts} 篇员工帖里 {ad_share} 在卖货（超过 {severe_line} 就算严重）。每发一条卖货，先发两条有用的。"
  en: "{ad_share} of {staff_posts} staff posts sell (above {severe_line} is severe). Two useful posts before each sales post."
expect:
  - {input: staff_ads, direction: down, zh: "推广帖", en: "ad posts"}
followUp:
  weeks: 1
  zh: "下周：不超过 30%"
  en: "next week: 30 % at most"
  done: "staff_posts > 0 and staff_ads <= $share_max * staff_posts"
sources: [S3-17, S3-15, S3-02]
falsePositives:
  zh: "产品群、快闪群本就卖货；按帖数而不是字数"
  en: "Product and flash groups sell by nature; posts, not words, are counted"
*/
select
    group_id,
    week,
    staff_posts as sample,
    members_present as affected,
    staff_ads / staff_posts as gap,
    staff_ads / staff_posts as ad_share,
    staff_posts,
    $severe::double as severe_line
from
    marts.rule_inputs
where
    staff_ads > $share_max * staff_posts
    and coalesce(kind, '') not in ('product', 'flash')
