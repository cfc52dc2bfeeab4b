/*
title:
  zh: "内容日历缺档"
  en: "Calendar slot missed"
description:
  zh: "计划好的内容档位至少漏了一档。"
  en: "At least one planned content slot was missed."
severity: act
owner: 内容官
rootCause: sop
params:
  missed_min: {default: 1, zh: "漏几档", en: "slots missed"}
minSample: 1
needs: [plan]
evidence:
  content_due: ["该发的内容档", "content slots due", count]
  content_missed: ["漏掉", "missed", count]
rows: {query: rows_steps}
suggestion:
  zh: "这周该发 {content_due} 档内容，漏了 {content_missed} 档。把缺的那一档补进下周，导出提醒给负责人。"
  en: "{content_missed} of {content_due} content {content_due?slot:slots} {content_missed?was:were} missed. Refill them next week and export the reminder to the owner."
expect:
  - {kpi: sop_adherence, direction: up}
followUp:
  weeks: 1
  zh: "下周：档位都发到"
  en: "next week: every slot done"
  done: "content_due > 0 and content_missed = 0"
sources: [S4-18, S0-25, S0-31]
falsePositives:
  zh: "改期没登记；发在别的群；节假日停发"
  en: "Moved without a note; sent to another group; holidays"
*/
select
    group_id,
    week,
    content_due as sample,
    members_present as affected,
    content_missed / content_due as gap,
    content_due,
    content_missed
from
    marts.rule_inputs
where
    content_missed >= $missed_min
