/*
title:
  zh: "长期冷清的群"
  en: "Persistently quiet group"
description:
  zh: "活跃率低于 10% 的把握至少 90%（收缩估计），或连续两周不到 5%，或 14 天没有成员说话。"
  en: "Activity is below 10 % with 90 % confidence (shrunken), or below 5 % two weeks running, or no member spoke for 14 days."
severity: act
owner: 运营经理
rootCause: positioning
coolDownWeeks: 4
cost: medium
params:
  rate_max: {default: 0.1, zh: "冷清线", en: "quiet below"}
  confidence: {default: 0.9, zh: "把握", en: "confidence"}
  cooling_max: {default: 0.05, zh: "转冷线", en: "cooling below"}
  dead_days: {default: 14, zh: "几天没人说话算沉寂", en: "days without a word"}
  age_min: {default: 4, zh: "建群至少几周", en: "weeks of age"}
  prior_n: {default: 20, zh: "收缩强度", en: "strength of shrinkage"}
minSample: 20
evidence:
  rate: ["活跃率", "activity rate", ratio]
  chance: ["低于 10% 的把握", "chance of being below", ratio]
  days_silent: ["多少天没人说话", "days of silence", days]
  age_weeks: ["建群周数", "age in weeks", count]
suggestion:
  zh: "这个群活跃率 {rate}，最近一条成员消息在 {days_silent} 天前。三选一定下来：换定位重开、改成有结束日的快闪群、并到邻近的群。"
  en: "Activity is {rate}; the last member message was {days_silent} days ago. Decide: reposition, turn it into a dated flash group, or merge it."
expect:
  - {kpi: activity_rate, direction: up}
followUp:
  weeks: 4
  zh: "4 周后复评"
  en: "look again in 4 weeks"
sources: [S0-01, S1-09, S3-06, S4-06]
falsePositives:
  zh: "通知群、售后群本就安静；新群不足 4 周；导出只含部分消息"
  en: "Notice and after-sale groups are quiet by nature; young groups; partial exports"
*/
with
    pooled as (
        select
            *,
            speakers / nullif(members_present, 0)::double as rate,
            lag (speakers / nullif(members_present, 0)::double) over (
                partition by
                    group_id
                order by
                    week
            ) as rate_before,
            -- Every group is drawn towards all groups of the week, as if it had prior_n members more like them.
            speakers + $prior_n * sum(speakers) over (
                partition by
                    week
            ) / nullif(
                sum(members_present) over (
                    partition by
                        week
                ),
                0
            )::double as a,
            members_present + $prior_n as n
        from
            marts.rule_inputs
            -- Where no chat log was imported nobody is known to be silent.
        where
            days_silent is not null
            or messages_read > 0
    ),
    judged as (
        select
            *,
            beta_below ($rate_max, greatest(a, 0.5), greatest(n - a, 0.5)) as chance
        from
            pooled
        where
            coalesce(kind, '') not in ('notice', 'aftersale', 'service')
            and age_weeks >= $age_min
    )
select
    group_id,
    week,
    members_present as sample,
    members_present as affected,
    1 - rate / $rate_max as gap,
    rate,
    chance,
    days_silent,
    age_weeks
from
    judged
where
    chance >= $confidence
    or (
        rate < $cooling_max
        and rate_before < $cooling_max
    )
    or days_silent >= $dead_days
