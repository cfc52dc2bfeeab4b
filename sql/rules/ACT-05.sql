/*
title:
  zh: "话都让几个人说了"
  en: "Talk too concentrated"
description:
  zh: "发言的基尼系数至少 0.75，或第一名占至少 40%。"
  en: "The Gini of messages is 0.75 or more, or one person has 40 % or more."
severity: watch
owner: 话题官
rootCause: content
params:
  gini_min: {default: 0.75, zh: "基尼系数", en: "Gini"}
  top1_min: {default: 0.4, zh: "第一名占比", en: "share of the first"}
  speakers_min: {default: 10, zh: "最少说话人数", en: "fewest speakers"}
minSample: 100
evidence:
  gini: ["发言基尼系数", "Gini of messages", number]
  top1_share: ["第一名占比", "share of the first", ratio]
  top3_share: ["前三位占比", "share of the first three", ratio]
  speakers: ["说话人数", "speakers", people]
suggestion:
  zh: "{speakers} 人说过话，前三位占 {top3_share}。请爱说的人带问题，点名请两三位少开口的人接一句，顺便问他要不要当话题官。"
  en: "{speakers} people spoke, three of them {top3_share} of it. Let them ask; invite two or three quiet people by name."
expect:
  - {kpi: speakers, direction: up}
followUp:
  weeks: 1
  zh: "下周：说话人数升"
  en: "next week: more speakers"
sources: [S4-21, S1-17, S4-09]
falsePositives:
  zh: "嘉宾分享、直播当天；讲师没登记成员工"
  en: "A guest or a live session; a lecturer not listed as staff"
*/
select
    group_id,
    week,
    member_messages as sample,
    members_present - speakers as affected,
    greatest(talk_gini, top1_messages / member_messages) as gap,
    talk_gini as gini,
    top1_messages / member_messages as top1_share,
    top3_messages / member_messages as top3_share,
    speakers
from
    marts.rule_inputs
where
    (
        talk_gini >= $gini_min
        or top1_messages >= $top1_min * member_messages
    )
    and speakers >= $speakers_min
