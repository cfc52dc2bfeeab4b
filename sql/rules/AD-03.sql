/*
title:
  zh: "推广后有人走"
  en: "Leaves after ads"
description:
  zh: "推广后 24 小时内的离群，比配对的没推广时段多，精确 p 不超过 0.05，至少 3 人。"
  en: "More left within 24 hours of an ad than in matched hours without, exact p 0.05 at most, three at least."
severity: act
owner: 团长
rootCause: ads
params:
  p_max: {default: 0.05, zh: "p 上限", en: "largest p"}
minSample: 3
needs: [leavers, staff]
evidence:
  after: ["推广后 24 小时离群", "left within 24 h of an ad", people]
  hours_after: ["推广后的小时", "hours after ads", hours]
  other: ["配对时段离群", "left in matched hours", people]
  hours_other: ["配对时段的小时", "matched hours", hours]
  p: ["碰巧的概率", "probability of chance", number]
rows: {query: rows_labels, params: {label: ad, sender: seller}}
suggestion:
  zh: "近 4 周推广后 24 小时（共 {hours_after}）走了 {after} 人，其余 {hours_other}走了 {other} 人。换时段或换形式各试一周，再问离开的人一句。"
  en: "Over 4 weeks {after} left within 24 hours of an ad ({hours_after}), {other} in the other {hours_other}. Try another hour or form for a week each; ask leavers one line."
expect:
  - {kpi: churn_rate, direction: down}
followUp:
  weeks: 4
  zh: "4 周后看推广后离群"
  en: "leaves after ads in 4 weeks"
sources: [S4-37, S4-38, S1-06]
falsePositives:
  zh: "推广和群消息高峰同一时刻；批量清人"
  en: "Ads at the hour of the general peak; clean-ups"
*/
select
    group_id,
    week,
    leaves_after_ads as sample,
    leaves_after_ads as affected,
    1 - leaves_other * hours_after_ads / hours_other / leaves_after_ads as gap,
    leaves_after_ads as after,
    hours_after_ads as hours_after,
    leaves_other as other,
    hours_other,
    binomial_tail (
        leaves_after_ads,
        leaves_after_ads + leaves_other,
        hours_after_ads / (hours_after_ads + hours_other)
    ) as p
from
    marts.rule_inputs
where
    hours_after_ads > 0
    and hours_other > 0
    and leaves_after_ads > 0
    and ad_units > 0
    and binomial_tail (
        leaves_after_ads,
        leaves_after_ads + leaves_other,
        hours_after_ads / (hours_after_ads + hours_other)
    ) <= $p_max
