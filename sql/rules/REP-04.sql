/*
title:
  zh: "老客正在睡去"
  en: "Repeat buyers going dormant"
description:
  zh: "这周从复购转沉默的人数高于前 8 周的 P90，至少 5 人。"
  en: "More repeat buyers went dormant than in nine of ten weeks before, five at least."
severity: act
owner: 团长
rootCause: winback
params:
  weeks_min: {default: 4, zh: "最少几周历史", en: "weeks of history"}
minSample: 5
needs: [orders]
evidence:
  flow: ["复购转沉默", "repeat to dormant", people]
  usual: ["前 8 周 P90", "P90 of 8 weeks", number]
suggestion:
  zh: "这周 {flow} 位复购老客转为沉默，前 8 周里九成的周不超过 {usual} 位。团长逐个私聊，不群发，不先谈优惠。"
  en: "{flow} repeat buyers went dormant, at most {usual} in nine of ten weeks before. The leader writes one by one, no broadcast, no offer first."
expect:
  - {input: repeat_to_dormant, direction: down, zh: "复购转沉默", en: "repeat to dormant"}
followUp:
  weeks: 1
  zh: "下周：醒来的人"
  en: "next week: who woke up"
sources: [S4-31, S4-41]
falsePositives:
  zh: "节后常态；30 天窗口刚好到期的一批人"
  en: "After holidays; a batch whose 30 days ended together"
*/
with
    usual as (
        select
            *,
            quantile_cont(repeat_to_dormant, 0.9) over eight as usual,
            count(*) over eight as weeks
        from
            marts.rule_inputs
        window
            eight as (
                partition by
                    group_id
                order by
                    week rows between 8 preceding
                    and 1 preceding
            )
    )
select
    group_id,
    week,
    repeat_to_dormant as sample,
    repeat_to_dormant as affected,
    1 - usual / repeat_to_dormant as gap,
    repeat_to_dormant as flow,
    usual
from
    usual
where
    weeks >= $weeks_min
    and repeat_to_dormant > usual
