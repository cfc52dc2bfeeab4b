/*
title:
  zh: "活动来的人少"
  en: "Low event turnout"
description:
  zh: "活动参与人数不到本群历史中位数（或目标）的 80%。"
  en: "Fewer members took part in the events than 80 % of the group’s usual share."
severity: act
owner: 福利官
rootCause: events
params:
  share_of_usual: {default: 0.8, zh: "往常的几成", en: "share of the usual"}
minSample: 20
needs: [calendar]
evidence:
  rate: ["参与率", "participation", ratio]
  usual: ["往常", "usual", ratio]
  participants: ["参与人数", "participants", people]
suggestion:
  zh: "这周活动来了 {participants} 人，参与率 {rate}，往常 {usual}。下一场提前一天预告，写清来了能得什么，再请三位常客先接龙。"
  en: "{participants} took part ({rate}; usually {usual}). Announce the next one a day ahead, say what they get, and seed it with three regulars."
expect:
  - {input: participants, direction: up, zh: "参与人数", en: "participants"}
followUp:
  weeks: 2
  zh: "下一场：参与率"
  en: "next event: participation"
sources: [S2-15, S4-26, S3-20]
falsePositives:
  zh: "报名走外部表单没导入；和大促撞期"
  en: "Sign-ups in a form that was not imported; the same day as a big sale"
*/
with
    usual as (
        select
            *,
            participants / nullif(event_members, 0)::double as rate,
            median(participants / nullif(event_members, 0)::double) filter(events > 0) over (
                partition by
                    group_id
                order by
                    week rows between 12 preceding
                    and 1 preceding
            ) as usual
        from
            marts.rule_inputs
    )
select
    group_id,
    week,
    event_members as sample,
    (usual - rate) * event_members as affected,
    1 - rate / usual as gap,
    rate,
    usual,
    participants
from
    usual
where
    events > 0
    and rate < $share_of_usual * usual - 1e-9
