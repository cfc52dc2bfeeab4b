/*
title:
  zh: "一周没有活动"
  en: "No event this week"
description:
  zh: "这周没有秒杀、拼团或抽奖。"
  en: "No flash sale, group buy or lottery in the week."
severity: watch
owner: 福利官
rootCause: events
coolDownWeeks: 4
minSample: 20
needs: [calendar]
evidence:
  events: ["活动", "events", count]
suggestion:
  zh: "这周活动 {events} 场。定一个每周固定的抽奖或限时活动，规则提前挂公告。"
  en: "{events} events this week. Fix one small weekly draw or sale and announce its rules ahead."
expect:
  - {kpi: buyers, direction: up}
  - {kpi: speakers, direction: up}
followUp:
  weeks: 1
  zh: "下周：至少一场"
  en: "next week: one at least"
  done: "events >= 1"
sources: [S4-23, S4-25, S4-38]
falsePositives:
  zh: "知识群、兴趣群不做促销；活动没写进日历"
  en: "Knowledge and interest groups; events missing from the calendar"
*/
select
    group_id,
    week,
    members_present as sample,
    members_present as affected,
    events
from
    marts.rule_inputs
where
    events = 0
    and coalesce(kind, '') not in (
        'knowledge',
        'interest',
        'notice',
        'aftersale',
        'service'
    )
    -- Before its first event the calendar was not kept yet.
    and week > (
        select
            min(week)
        from
            marts.rule_inputs
        where
            events > 0
    )
