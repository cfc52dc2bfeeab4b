/*
title:
  zh: "@所有人 太勤"
  en: "Too many @all"
description:
  zh: "两次 @所有人 间隔不到 48 小时，或一周超过 3 次。"
  en: "Two @all less than 48 hours apart, or more than three in the week."
severity: act
owner: 团长
rootCause: notices
params:
  hours_min: {default: 48, zh: "最短间隔（小时）", en: "shortest gap in hours"}
  times_max: {default: 3, zh: "一周几次", en: "times a week"}
evidence:
  at_all: ["@所有人", "@all", count]
  gap_hours: ["最短间隔", "shortest gap", hours]
rows: {query: rows_posts, params: {calls: "true"}}
suggestion:
  zh: "这周 @所有人 {at_all} 次，最短只隔 {gap_hours}。只留给要大家动手的事，其余点名到人。"
  en: "{at_all} @all this week, {gap_hours} apart at the shortest. Keep it for what everyone must do; name people for the rest."
expect:
  - {input: at_all, direction: down, zh: "@所有人", en: "@all"}
followUp:
  weeks: 1
  zh: "下周：不超过 3 次"
  en: "next week: three at most"
  done: "at_all <= $times_max"
sources: [S3-23, S0-24]
falsePositives:
  zh: "停发、召回等安全通知；平台把群公告记成 @所有人"
  en: "Safety notices; platforms that record group notices as @all"
*/
select
    group_id,
    week,
    at_all as sample,
    members_present as affected,
    greatest(
        1 - $times_max / at_all,
        1 - coalesce(at_all_gap_seconds, 1e9) / ($hours_min * 3600)
    ) as gap,
    at_all,
    at_all_gap_seconds / 3600 as gap_hours
from
    marts.rule_inputs
where
    at_all > $times_max
    or at_all_gap_seconds < $hours_min * 3600
