/*
title:
  zh: "投诉突增"
  en: "Complaint spike"
description:
  zh: "投诉人数对前 8 周均值的 Poisson 上尾 p 小于 0.01，至少 3 人。"
  en: "Complainers against the mean of 8 weeks: Poisson upper tail below 0.01, three people at least."
severity: urgent
owner: 团长
rootCause: product
tick: true
params:
  p_max: {default: 0.01, zh: "p 上限", en: "largest p"}
  floor: {default: 0.125, zh: "均值至少按", en: "least mean"}
minSample: 3
evidence:
  complainers: ["投诉人数", "complainers", people]
  usual: ["前 8 周每周", "a week before", number]
  p: ["碰巧的概率", "probability of chance", number]
rows: {query: rows_labels, params: {label: complaint}}
suggestion:
  zh: "这周至少 {complainers} 人抱怨，前 8 周平均每周 {usual} 人。先停发这款，查同批次，再在群里说清怎么赔。"
  en: "At least {complainers} people complained, {usual} a week before. Pause the item, check the batch, tell the group what happens."
expect:
  - {input: complainers, direction: down, zh: "投诉人数", en: "complainers"}
followUp:
  weeks: 1
  zh: "下周：投诉人数"
  en: "next week: complainers"
sources: [S4-36, S4-33]
falsePositives:
  zh: "同一人反复说按 1 人；一条热议被多人附和"
  en: "One person counts once; many agreeing with one post"
*/
with
    usual as (
        select
            *,
            avg(complainers) over eight as usual,
            -- Of fewer weeks less is known: one complainer in all of them is no less likely than none.
            greatest($floor, 1 / count(complainers) over eight) as least_mean
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
    complainers as sample,
    complainers as affected,
    1 - usual / complainers as gap,
    complainers,
    usual,
    poisson_tail (complainers, greatest(usual, least_mean)) as p
from
    usual
where
    complainers > 0
    and usual is not null
    and poisson_tail (complainers, greatest(usual, least_mean)) < $p_max
