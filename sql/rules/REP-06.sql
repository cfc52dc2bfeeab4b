/*
title:
  zh: "等级没人升"
  en: "Level-ups stall"
description:
  zh: "近 4 周升级的人不到买家的 2%。"
  en: "Fewer than 2 % of the buyers of 4 weeks went up a level."
severity: watch
owner: 福利官
rootCause: levels
coolDownWeeks: 4
params:
  share_min: {default: 0.02, zh: "升级占比", en: "share"}
minSample: 50
needs: [orders, levels]
evidence:
  level_ups: ["升级", "went up", people]
  buyers: ["近 4 周买家", "buyers of 4 weeks", people]
suggestion:
  zh: "近 4 周 {buyers} 位买家里只有 {level_ups} 位升级。写明还差多少分，升级当天就给一样看得见的好处。"
  en: "Only {level_ups} of {buyers} buyers went up a level in 4 weeks. Show the gap; give something visible on the day."
expect:
  - {input: level_ups_4w, direction: up, zh: "近 4 周升级", en: "level-ups of 4 weeks"}
followUp:
  weeks: 4
  zh: "下月：升级人数"
  en: "next month: level-ups"
  done: "buyers_4w > 0 and level_ups_4w >= $share_min * buyers_4w"
sources: [S4-32, S3-04]
falsePositives:
  zh: "等级按年结算；等级表没导入；等级名称分不出高低的不判"
  en: "Levels settled by the year; levels not imported; names of levels that can not be told apart are not judged"
*/
select
    group_id,
    week,
    buyers_4w as sample,
    buyers_4w as affected,
    level_ups_4w as level_ups,
    buyers_4w as buyers
from
    marts.rule_inputs
where
    level_ups_4w < $share_min * buyers_4w
