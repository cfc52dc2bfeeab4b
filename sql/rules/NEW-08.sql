/*
title:
  zh: "拉新没到目标"
  en: "Growth below target"
description:
  zh: "净增占期初成员的比例低于每周目标；目标没填就不判。"
  en: "Net growth over the members at the start is below the weekly target; without a target nothing is judged."
severity: watch
owner: 运营经理
rootCause: growth
params:
  target: {default: null, zh: "每周净增目标（如 0.01）", en: "weekly target, such as 0.01"}
minSample: 50
needs: [members]
evidence:
  joins: ["进群", "joined", people]
  leaves: ["退群", "left", people]
  growth: ["净增", "net growth", ratio]
rows: {query: rows_newcomers}
suggestion:
  zh: "这周进 {joins} 人、走 {leaves} 人，净增 {growth}，目标 {target}。请满意的买家带一位朋友，双方各得一份。"
  en: "{joins} joined, {leaves} left: {growth} against a target of {target}. Ask happy buyers to bring one friend; both get something."
expect:
  - {kpi: joins, direction: up}
followUp:
  weeks: 1
  zh: "下周：进群人数"
  en: "next week: joins"
  done: "members_start > 0 and joins - leaves >= $target * members_start"
sources: [S2-15, S3-27, S4-45]
falsePositives:
  zh: "目标没写周期就不判；人为封群不进人"
  en: "A target without a period is not judged; a closed group"
*/
select
    group_id,
    week,
    members_start as sample,
    members_start as affected,
    joins,
    leaves,
    (joins - leaves) / members_start as growth
from
    marts.rule_inputs
where
    joins - leaves < $target * members_start
