/*
title:
  zh: "训练营到课少"
  en: "Camp attendance drops"
description:
  zh: "某天课上开口的人不到第 1 天的六成，报名至少 30 人。"
  en: "On some day fewer spoke in class than 60 % of day 1, with 30 registered at least."
severity: act
owner: 助教
rootCause: camp
params:
  share_min: {default: 0.6, zh: "第 1 天的几成", en: "share of day 1"}
minSample: 30
needs: [plan]
evidence:
  day: ["第几天", "day", count]
  attended: ["当天到课", "attended", people]
  first_day: ["第 1 天", "day 1", people]
  registered: ["报名", "registered", people]
suggestion:
  zh: "训练营第 {day} 天课上开口 {attended} 人，第 1 天 {first_day} 人。开课前半小时提醒，课后留一个三分钟能交的作业。"
  en: "On day {day}, {attended} spoke in class; on day 1 it was {first_day}. Remind half an hour before; leave a three-minute task."
expect:
  - {kpi: activity_rate, direction: up}
followUp:
  weeks: 1
  zh: "次日到课"
  en: "the next day"
sources: [S0-22, S0-27]
falsePositives:
  zh: "看回放没计；周末档；没开口不等于没来"
  en: "Replays are not counted; weekends; silent people may be there"
*/
select
    group_id,
    week,
    max(registered) as sample,
    max_by(first_day - attended, first_day - attended) as affected,
    max(1 - attended / first_day) as gap,
    arg_min(day, attended / first_day) as day,
    arg_min(attended, attended / first_day) as attended,
    arg_min(first_day, attended / first_day) as first_day,
    max(registered) as registered
from
    marts.rule_camp_days
where
    first_day > 0
    and day > 1
    and attended < $share_min * first_day
group by
    group_id,
    week
