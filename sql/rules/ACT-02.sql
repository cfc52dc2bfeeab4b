/*
title:
  zh: "活跃走低，推广占比走高"
  en: "Activity down, ad share up"
description:
  zh: "活跃率下降（区间上限小于 0 或判为变差），推广占员工帖子的比例升了至少 10 个百分点。"
  en: "Activity fell (interval below 0 or verdict worse) and the share of ads rose by 10 points or more."
severity: act
owner: 福利官
rootCause: ads
params:
  rise_min: {default: 0.1, zh: "占比升幅", en: "rise of the share"}
  members_min: {default: 30, zh: "最少成员", en: "fewest members"}
  max_ads: {default: 2, zh: "每周推广预算", en: "ads a week", kinds: {marketing: 4}}
minSample: 20
evidence:
  ad_share: ["推广占比", "share of ads", ratio]
  ad_share_before: ["上周推广占比", "share of ads the week before", ratio]
  rate: ["活跃率", "activity rate", ratio]
  rate_before: ["上周活跃率", "activity rate the week before", ratio]
rows: {query: rows_labels, params: {label: ad, sender: staff}}
suggestion:
  zh: "推广占比 {ad_share_before}→{ad_share}，同一周活跃率 {rate_before}→{rate}。把推广压到一周 {max_ads} 次以内，腾出的档位改成答疑或成员故事。"
  en: "Ads went from {ad_share_before} to {ad_share} of staff posts while activity went from {rate_before} to {rate}. Keep to {max_ads} a week; fill the slots with answers and stories."
expect:
  - {kpi: activity_rate, direction: up}
followUp:
  weeks: 1
  zh: "下周：推广次数不超预算"
  en: "next week: ads within the budget"
  done: "ad_units <= $max_ads"
sources: [S4-38, S4-44, S4-22]
falsePositives:
  zh: "大促周；订单通知、收官小结被误判成推广"
  en: "Big-sale weeks; order notices and recaps taken for ads"
*/
with
    moves as (
        select
            *,
            staff_ads / nullif(staff_posts, 0) as ad_share,
            lag (staff_ads / nullif(staff_posts, 0)) over w as ad_share_before,
            lag (staff_posts) over w as posts_before
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
    least(inputs.staff_posts, inputs.posts_before) as sample,
    abs(verdicts.delta) * inputs.members_present as affected,
    inputs.ad_share - inputs.ad_share_before as gap,
    coalesce(verdicts.strength, 'possible') as strength,
    inputs.ad_share,
    inputs.ad_share_before,
    rates.value as rate,
    rates.previous_value as rate_before
from
    moves as inputs
    inner join report.verdicts as verdicts on verdicts.kpi = 'activity_rate'
    and verdicts.group_id = inputs.group_id
    and verdicts.week = inputs.week
    inner join report.comparisons as rates on rates.kpi = verdicts.kpi
    and rates.group_id = verdicts.group_id
    and rates.week = verdicts.week
where
    (
        verdicts.verdict = 'worse'
        or verdicts.hi < 0
    )
    and verdicts.reason is null
    and inputs.members_present >= $members_min
    -- A share is a ratio of counts: a hair less than ten points is rounding.
    and inputs.ad_share - inputs.ad_share_before >= $rise_min - 1e-9
