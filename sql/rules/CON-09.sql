/*
title:
  zh: "SOP 漏发或错群"
  en: "SOP missed or wrong group"
description:
  zh: "到期的步骤漏发或发错群，至少 1 次。"
  en: "A due step was missed or sent to the wrong group."
severity: act
owner: 助教
rootCause: sop
params:
  steps_min: {default: 1, zh: "几步", en: "steps"}
minSample: 1
needs: [plan]
evidence:
  missed: ["漏发", "missed", count]
  wrong_group: ["发错群", "wrong group", count]
  due: ["到期步骤", "due steps", count]
rows: {query: rows_steps}
suggestion:
  zh: "到期 {due} 步，漏发 {missed}，发错群 {wrong_group}。减少一人带的群数，给漏得最多的那档设提醒。"
  en: "Of {due} due {due?step:steps} {missed} {missed?was:were} missed and {wrong_group} went to the wrong group. Fewer groups per person; a reminder for the worst slot."
expect:
  - {kpi: sop_adherence, direction: up}
followUp:
  weeks: 1
  zh: "下周：100%"
  en: "next week: all done"
  done: "steps_due > 0 and steps_missed + steps_wrong_group = 0"
sources: [S0-25, S0-30, S0-31]
falsePositives:
  zh: "文案改得太多匹配不到；改期没登记；没到期的不算"
  en: "Texts changed too much to match; moved without a note; what is not due does not count"
*/
select
    group_id,
    week,
    steps_due as sample,
    members_present as affected,
    (steps_missed + steps_wrong_group) / steps_due as gap,
    steps_missed as missed,
    steps_wrong_group as wrong_group,
    steps_due as due
from
    marts.rule_inputs
where
    steps_missed + steps_wrong_group >= $steps_min
