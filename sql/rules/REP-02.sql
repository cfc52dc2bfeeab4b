/*
title:
  zh: "该回购还没回来"
  en: "Due but not back"
description:
  zh: "距上次购买已超过 75% 的回购间隔（全部买家到那一周为止的）、还没回来的本群买家（不愿被联系的除外），至少 10 人。"
  en: "Ten buyers of the group or more are beyond the 75th percentile of the gaps between purchases (of all buyers, to that week), those who want no messages left out."
severity: act
owner: 福利官
rootCause: winback
coolDownWeeks: 4
cost: medium
params:
  people_min: {default: 10, zh: "几人", en: "people"}
minSample: 10
needs: [orders]
evidence:
  overdue: ["该回来的买家", "overdue buyers", people]
  gap_days: ["75% 的间隔", "75th percentile of gaps", days]
holdout: true
suggestion:
  zh: "{overdue} 位买家超过 {gap_days} 天没回来（回购过的，四分之三的间隔没有这么长）。分批提醒，随机留两成不发，两周后看差多少。"
  en: "{overdue} buyers are beyond {gap_days} days; of the purchases that were repeated, three quarters were sooner. Remind in batches, hold out 20 % at random, compare in two weeks."
expect:
  - {kpi: repurchase_rate, direction: up}
followUp:
  weeks: 2
  zh: "14 天后看对照差"
  en: "the difference in 14 days"
sources: [S4-31]
falsePositives:
  zh: "一次性商品；换了账号；已在线下买"
  en: "One-off goods; another account; bought offline"
*/
select
    group_id,
    week,
    overdue_buyers as sample,
    overdue_buyers as affected,
    overdue_buyers as overdue,
    repurchase_gap_p75 as gap_days
from
    marts.rule_inputs
where
    overdue_buyers >= $people_min
