/*
title:
  zh: "首答慢"
  en: "Slow first reply"
description:
  zh: "首答时间的 KM 中位数超过 30 分钟（只计服务时间，没答的按截尾算）。"
  en: "The Kaplan–Meier median of the first reply is above 30 minutes of the service hours; unanswered ones are censored."
severity: act
owner: 群客服
rootCause: service
params:
  minutes_max: {default: 30, zh: "首答中位数（分钟）", en: "median in minutes"}
minSample: 10
needs: [staff]
evidence:
  median: ["首答中位数（服务时间）", "median of the first reply in service hours", minutes]
  questions: ["提问", "questions", count]
  in_time: ["按时答", "answered in time", ratio]
without:
  median: {zh: "还没有：一天内答到的不足一半", en: "not reached: fewer than half were answered within a day"}
rows: {query: rows_cases, params: {kind: question}}
suggestion:
  zh: "{questions} 条提问，首答中位数（只计服务时间）{median}，按时答的占 {in_time}。排出值班表，把问得最多的五类写进话术表。"
  en: "{questions} questions, median first reply (service hours only) {median}, {in_time} in time. Publish a duty roster and script the top five questions."
expect:
  - {kpi: reply_rate, direction: up}
followUp:
  weeks: 1
  zh: "下周：首答中位数"
  en: "next week: the median"
  done: "reply_median_minutes <= $minutes_max"
sources: [S2-07, S0-21, S4-36]
falsePositives:
  zh: "群友先答也算有用；闲聊问句；非服务时间"
  en: "Answers by members; small talk; outside service hours"
*/
select
    group_id,
    week,
    questions as sample,
    questions as affected,
    1 - $minutes_max / coalesce(reply_median_minutes, 1440) as gap,
    reply_median_minutes as median,
    questions,
    questions_in_time / questions as in_time
from
    marts.rule_inputs
where
    -- Of questions that nobody could answer yet no median is known, not even that it is a long one.
    coalesce(reply_median_minutes, watched_minutes, 1440) > $minutes_max
    and questions > 0
