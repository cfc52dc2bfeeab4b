/*
title:
  zh: "没警告就移人"
  en: "Removal without warning"
description:
  zh: "被移出的人此前没有警告，至少 1 人。"
  en: "Someone was removed without a warning before."
severity: act
owner: 副团长
rootCause: rules
params:
  without_min: {default: 1, zh: "几人", en: "people"}
minSample: 1
evidence:
  without: ["没警告就移出", "removed without warning", people]
  kicks: ["移出", "removed", people]
rows: {query: rows_cases, params: {kind: violation}}
suggestion:
  zh: "移出 {kicks} 人，其中 {without} 人之前没看到警告。补一条说明，公约里写明先提醒再处理；违法有害内容例外。"
  en: "{kicks} {kicks?was:were} removed, {without} without a warning in the log. Explain it; the rules should say: warn first, illegal content excepted."
expect:
  - {input: kicks_without_warning, direction: down, zh: "没警告就移出", en: "removed without warning"}
followUp:
  weeks: 1
  zh: "下周：先警告"
  en: "next week: warned first"
  done: "kicks > 0 and kicks_without_warning = 0"
sources: [S4-35, S3-10]
falsePositives:
  zh: "警告在私聊；自己退群被记成移出；机器人清理"
  en: "Warned in private; a quit recorded as removal; clean-ups by a bot"
*/
select
    group_id,
    week,
    kicks as sample,
    kicks as affected,
    kicks_without_warning / kicks as gap,
    kicks_without_warning as without,
    kicks
from
    marts.rule_inputs
where
    kicks_without_warning >= $without_min
