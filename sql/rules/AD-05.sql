/*
title:
  zh: "系统介绍太密"
  en: "Introductions too dense"
description:
  zh: "两次整体介绍间隔不到 48 小时。"
  en: "Two general introductions less than 48 hours apart."
severity: watch
owner: 团长
rootCause: notices
params:
  hours_min: {default: 48, zh: "最短间隔（小时）", en: "shortest gap in hours"}
minSample: 2
evidence:
  gap_hours: ["间隔", "gap", hours]
  intros: ["整体介绍", "introductions", count]
suggestion:
  zh: "这周整体介绍 {intros} 次，最近的两次只隔 {gap_hours}。两次之间隔满 48 小时，一次讲全四件事。"
  en: "{intros} introductions this week, two of them {gap_hours} apart. Leave 48 hours and say all four things at once."
expect:
  - {input: intro_posts, direction: down, zh: "整体介绍", en: "introductions"}
followUp:
  weeks: 1
  zh: "下周：间隔满 48 小时"
  en: "next week: 48 hours apart"
  done: "intro_posts is not null and coalesce(intro_gap_seconds >= $hours_min * 3600, true)"
sources: [S3-23]
falsePositives:
  zh: "对新人的单独介绍；补发撤回的那条"
  en: "An introduction for one newcomer; a recalled one sent again"
*/
select
    group_id,
    week,
    2 as sample,
    members_present as affected,
    1 - intro_gap_seconds / ($hours_min * 3600) as gap,
    intro_gap_seconds / 3600 as gap_hours,
    intro_posts as intros
from
    marts.rule_inputs
where
    intro_gap_seconds < $hours_min * 3600
