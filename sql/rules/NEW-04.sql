/*
title:
  zh: "新人 7 天内走得多"
  en: "Newcomers leave within 7 days"
description:
  zh: "7 天内离群的新人占比，95% 下限高于前 8 周基线，而且和前 8 周相比不像碰巧（单侧 p<0.025）。"
  en: "The lower bound of the share of newcomers who left within 7 days lies above the 8 weeks before, and against those weeks chance is unlikely (one-sided p below 0.025)."
severity: act
owner: 运营经理
rootCause: promise
minSample: 20
needs: [members, leavers]
evidence:
  left_7d: ["7 天内离开", "left within 7 days", people]
  observed: ["观察满 7 天的新人", "newcomers observed", people]
  rate: ["离开率", "share", ratio]
  usual: ["前 8 周", "8 weeks before", ratio]
rows: {query: rows_leavers}
suggestion:
  zh: "{observed} 位新人里 {left_7d} 位 7 天内离开（{rate}），前 8 周是 {usual}。核对引流页写的和群里给的是否一致，再设一道轻门槛。"
  en: "{left_7d} of {observed} newcomers left within 7 days ({rate}; {usual} before). Check that the group gives what the entry page promises; add a light gate."
expect:
  - {kpi: churn_rate, direction: down}
followUp:
  weeks: 1
  zh: "下周看新人离开率"
  en: "newcomers who leave, next week"
sources: [S1-15, S1-13, S4-06]
falsePositives:
  zh: "领券即走的渠道（看 NEW-07）；机器人误入"
  en: "Coupon hunters of one source (see NEW-07); bots"
*/
with
    usual as (
        select
            *,
            sum(newcomers_left_7d) over eight as left_before,
            sum(newcomers_observed_7d) over eight as observed_before,
            left_before / nullif(observed_before, 0) as usual
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
    newcomers_observed_7d as sample,
    newcomers_left_7d as affected,
    newcomers_left_7d / newcomers_observed_7d - usual as gap,
    newcomers_left_7d as left_7d,
    newcomers_observed_7d as observed,
    newcomers_left_7d / newcomers_observed_7d as rate,
    usual
from
    usual
where
    newcomers_observed_7d > 0
    and wilson_low (newcomers_left_7d, newcomers_observed_7d) > usual
    -- One who left is more than none of a few: those before had chance too.
    and binomial_tail (
        newcomers_left_7d,
        newcomers_left_7d + left_before,
        newcomers_observed_7d / (newcomers_observed_7d + observed_before)
    ) < 0.025
