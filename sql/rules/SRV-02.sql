/*
title:
  zh: "问了没人理"
  en: "Unanswered questions"
description:
  zh: "24 小时没人答的提问，95% 下限至少 10%，或至少 5 条。"
  en: "Questions open after 24 hours: lower bound 10 % or more, or five at least."
severity: act
owner: 群客服
rootCause: service
tick: true
params:
  rate_min: {default: 0.1, zh: "占比下限", en: "lower bound"}
  count_min: {default: 5, zh: "条数", en: "questions"}
minSample: 10
needs: [staff]
evidence:
  unanswered: ["24 小时没人答", "open after 24 hours", count]
  questions: ["提问", "questions", count]
  rate: ["占比", "share", ratio]
rows: {query: rows_cases, params: {kind: question}}
suggestion:
  zh: "{questions} 条提问里至少 {unanswered} 条 24 小时没人理（{rate}）。今天逐条补上，@ 本人，答完收进常见问题。"
  en: "At least {unanswered} of {questions} questions had no answer after 24 hours ({rate}). Answer each today, mention the asker, file it."
expect:
  - {kpi: reply_rate, direction: up}
followUp:
  weeks: 1
  zh: "下周：不超过 5%"
  en: "next week: 5 % at most"
  done: "questions > 0 and unanswered_24h <= 0.05 * questions"
sources: [S2-07, S4-28]
falsePositives:
  zh: "反问句；提问人已离群；答在语音里"
  en: "Rhetorical questions; the asker has left; answered by voice"
*/
select
    group_id,
    week,
    questions as sample,
    unanswered_24h as affected,
    unanswered_24h / questions as gap,
    unanswered_24h as unanswered,
    questions,
    unanswered_24h / questions as rate
from
    marts.rule_inputs
where
    questions > 0
    and (
        unanswered_24h >= $count_min
        or wilson_low (unanswered_24h, questions) >= $rate_min
    )
