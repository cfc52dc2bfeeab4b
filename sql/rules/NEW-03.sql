/*
title:
  zh: "新人提问没人答"
  en: "Newcomer question left open"
description:
  zh: "入群 7 天内的人提问，2 小时还没人答，至少 1 条。"
  en: "A member of 7 days or less asked and nobody answered for 2 hours."
severity: urgent
owner: 群客服
rootCause: service
tick: true
params:
  open_min: {default: 1, zh: "几条", en: "questions"}
evidence:
  open: ["没答的提问", "questions left open", count]
rows: {query: rows_cases, params: {kind: question}}
suggestion:
  zh: "至少 {open} 条新人提问 2 小时没人答。先补答这几条并 @ 提问人，再把新人的问题排第一顺位。"
  en: "At least {open} newcomer {open?question was:questions were} left open for 2 hours. Answer them now, mention the asker, and put newcomers first."
expect:
  - {input: newcomer_unanswered_2h, direction: down, zh: "没答的新人提问", en: "open newcomer questions"}
followUp:
  weeks: 1
  zh: "下周：0 条"
  en: "next week: none"
  done: "newcomer_unanswered_2h = 0"
sources: [S4-17]
falsePositives:
  zh: "反问、玩笑；私聊已答；服务时间之外"
  en: "Rhetorical questions, jokes; answered in private; outside service hours"
*/
select
    group_id,
    week,
    newcomer_unanswered_2h as sample,
    newcomer_unanswered_2h as open
from
    marts.rule_inputs
where
    newcomer_unanswered_2h >= $open_min
