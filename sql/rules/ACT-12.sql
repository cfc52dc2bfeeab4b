/*
title:
  zh: "刷屏"
  en: "Flooding"
description:
  zh: "同一人连续发到刷屏线（间隔不超过 10 分钟），一周至少 3 次。"
  en: "Someone sent a run of messages, gaps of 10 minutes at most, three times in the week or more."
severity: act
owner: 副团长
rootCause: rules
params:
  flood_min: {default: 5, zh: "连发几条算刷屏（5 或 6）", en: "messages of a flood (5 or 6)"}
  floods_min: {default: 3, zh: "一周几次", en: "times a week"}
evidence:
  floods: ["刷屏次数", "floods", count]
  flooders: ["涉及人数", "people", people]
rows: {query: rows_cases, params: {kind: violation}}
suggestion:
  zh: "这周有 {floods} 次连发刷屏，涉及 {flooders} 人。按公约提醒一次，长话请他合成一条。"
  en: "{floods} floods by {flooders} people this week. Remind once by the rules; ask for one post instead of many."
expect:
  - {input: floods, direction: down, zh: "刷屏次数", en: "floods"}
followUp:
  weeks: 1
  zh: "下周：刷屏次数"
  en: "next week: floods"
  done: "if($flood_min > 5, floods_6, floods) < $floods_min"
sources: [S4-34, S3-11]
falsePositives:
  zh: "别人插话即断；系统行、撤回跳过；10 秒内多图算一条；员工另列"
  en: "Another voice ends a run; notices and recalls are skipped; pictures within 10 seconds count once; staff apart"
*/
select
    group_id,
    week,
    if ($flood_min > 5, floods_6, floods) as sample,
    members_present as affected,
    if ($flood_min > 5, floods_6, floods) / (
        if ($flood_min > 5, floods_6, floods) + $floods_min
    ) as gap,
    if ($flood_min > 5, floods_6, floods) as floods,
    if ($flood_min > 5, flooders_6, flooders) as flooders
from
    marts.rule_inputs
where
    if ($flood_min > 5, floods_6, floods) >= $floods_min
