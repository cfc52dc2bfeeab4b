/*
title:
  zh: "活跃走低，话题变少"
  en: "Activity down, fewer topics"
description:
  zh: "活跃率判为变差，而且话题帖比上周少。"
  en: "The verdict on activity is worse and there were fewer topic posts than the week before."
severity: act
owner: 话题官
rootCause: content
params:
  topics_min: {default: 3, zh: "每周话题", en: "topics a week"}
minSample: 30
evidence:
  rate: ["活跃率", "activity rate", ratio]
  rate_before: ["上周", "week before", ratio]
  topics: ["话题帖", "topic posts", count]
  topics_before: ["上周话题帖", "topic posts the week before", count]
rows: {query: rows_labels, params: {label: topic, sender: staff}}
suggestion:
  zh: "活跃率 {rate_before}→{rate}，话题帖 {topics_before}→{topics} 条。把开放话题补回每周 {topics_min} 次，周日那次别省，点名问两位常接话的人。"
  en: "Activity {rate_before} → {rate}, topic posts {topics_before} → {topics}. Bring open topics back to {topics_min} a week, never skip Sunday, and ask two regulars by name."
expect:
  - {kpi: activity_rate, direction: up}
  - {kpi: speakers, direction: up}
followUp:
  weeks: 1
  zh: "下周：话题帖够不够，活跃率差值与区间"
  en: "next week: enough topics? activity with its interval"
  done: "topic_posts >= $topics_min"
sources: [S4-10, S4-18, S4-20]
falsePositives:
  zh: "假期、停发通知的周；日志有缺口；进了一大批人只是稀释了分母"
  en: "Holidays, weeks without posting; gaps in the log; many joiners only dilute the rate"
*/
with
    moves as (
        select
            *,
            lag (topic_posts) over w as topics_before
        from
            marts.rule_inputs
        window
            w as (
                partition by
                    group_id
                order by
                    week
            )
    )
select
    inputs.group_id,
    inputs.week,
    inputs.members_present as sample,
    abs(verdicts.delta) * inputs.members_present as affected,
    1 - inputs.topic_posts / inputs.topics_before as gap,
    verdicts.strength,
    rates.value as rate,
    rates.previous_value as rate_before,
    inputs.topic_posts as topics,
    inputs.topics_before
from
    moves as inputs
    inner join report.verdicts as verdicts on verdicts.kpi = 'activity_rate'
    and verdicts.group_id = inputs.group_id
    and verdicts.week = inputs.week
    inner join report.comparisons as rates on rates.kpi = verdicts.kpi
    and rates.group_id = verdicts.group_id
    and rates.week = verdicts.week
where
    verdicts.verdict = 'worse'
    and inputs.topic_posts < inputs.topics_before
