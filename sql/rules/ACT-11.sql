/*
title:
  zh: "发布时段和成员错开"
  en: "Posting at the wrong hours"
description:
  zh: "近 4 周员工帖至少 60% 落在成员最活跃的 4 个小时之外。"
  en: "Over 4 weeks, 60 % or more of the staff posts fall outside the four hours in which members talk most."
severity: watch
owner: 内容官
rootCause: timing
coolDownWeeks: 4
params:
  share_max: {default: 0.6, zh: "错开的占比", en: "share outside"}
  messages_min: {default: 200, zh: "近 4 周最少成员消息", en: "fewest member messages"}
minSample: 10
needs: [staff]
evidence:
  off_share: ["错开的占比", "share outside", ratio]
  peak: ["成员高峰", "members’ peak", text]
  staff_posts: ["近 4 周员工帖", "staff posts of 4 weeks", count]
rows: {query: rows_posts}
suggestion:
  zh: "近 4 周 {off_share} 的员工帖避开了成员最爱说话的时段（{peak}）。挪两档过去，仍避开安静时段。"
  en: "{off_share} of the staff posts miss the hours in which members talk most ({peak}). Move two slots there, outside the quiet hours."
expect:
  - {kpi: activity_rate, direction: up}
followUp:
  weeks: 1
  zh: "下周：错开的占比"
  en: "next week: the share outside"
  done: "off_peak_posts_4w < $share_max * staff_posts_4w"
sources: [S0-17, S0-18, S0-24]
falsePositives:
  zh: "高峰本身是员工发帖造成的；跨时区成员"
  en: "The peak follows the staff’s own posts; members in other time zones"
*/
select
    group_id,
    week,
    staff_posts_4w as sample,
    members_present as affected,
    off_peak_posts_4w / staff_posts_4w as gap,
    off_peak_posts_4w / staff_posts_4w as off_share,
    replace(replace(peak_hours, '点', ':00'), '、', ' / ') as peak,
    staff_posts_4w as staff_posts
from
    marts.rule_inputs
where
    off_peak_posts_4w >= $share_max * staff_posts_4w
    and member_messages_4w >= $messages_min
