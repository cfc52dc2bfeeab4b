/*
title:
  zh: "基线不够"
  en: "Baseline too short"
description:
  zh: "过去可比的相邻两周不足 6 对，只能看区间，不下结论。"
  en: "Fewer than 6 comparable week-to-week moves lie behind the week: intervals only, no verdict."
severity: watch
owner: 数据分析
rootCause: baseline
gate: true
params:
  pairs_min: {default: 6, zh: "最少对数", en: "fewest moves"}
evidence:
  past_pairs: ["可比的相邻周", "week-to-week moves", count]
suggestion:
  zh: "这个群只攒了 {past_pairs} 对可比的相邻周，不到 {pairs_min} 对。先只看区间，不急着下结论；手里有旧日志就导进来补足。"
  en: "Only {past_pairs} comparable week-to-week moves so far, fewer than {pairs_min}: read the intervals, draw no conclusion, or import older logs."
expect: []
followUp:
  weeks: 1
  zh: "满 6 对"
  en: "six moves"
  done: "past_pairs >= $pairs_min"
sources: [S2-17]
falsePositives:
  zh: "导入旧日志就能补足"
  en: "Importing older logs mends it"
*/
select
    group_id,
    week,
    members_present as sample,
    members_present as affected,
    past_pairs
from
    marts.rule_inputs
where
    past_pairs < $pairs_min
