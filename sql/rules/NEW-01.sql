/*
title:
  zh: "新人 24 小时开口少"
  en: "Few newcomers speak in 24 hours"
description:
  zh: "新人 24 小时开口率的 95% 上限低于本群前 8 周中位数，而且和前 8 周合起来相比不像碰巧（单侧 p<0.025）。"
  en: "The upper bound of the share of newcomers who spoke within 24 hours lies below the median of 8 weeks, and all of those weeks together make chance unlikely (one-sided p below 0.025)."
severity: act
owner: 副团长
rootCause: welcome
minSample: 20
needs: [members]
evidence:
  spoke: ["开口的新人", "newcomers who spoke", people]
  observed: ["观察满 24 小时的新人", "newcomers observed", people]
  rate: ["开口率", "share", ratio]
  usual: ["前 8 周中位数", "median of 8 weeks", ratio]
rows: {query: rows_newcomers}
suggestion:
  zh: "{observed} 位新人里 24 小时内开口 {spoke} 位（{rate}），前 8 周是 {usual}。进群 5 分钟内自动欢迎，一天内由副团长点名问一个好答的问题。"
  en: "{spoke} of {observed} newcomers spoke within 24 hours ({rate}; usually {usual}). Welcome within 5 minutes; ask each by name one easy question within a day."
expect:
  - {kpi: newcomer_7d, direction: up}
followUp:
  weeks: 2
  zh: "两周后同口径复查"
  en: "the same figure in two weeks"
sources: [S4-14, S4-15, S1-18]
falsePositives:
  zh: "批量拉人；窗口没满的要排除；深夜进群"
  en: "People added in bulk; windows not over; joining late at night"
*/
with
    usual as (
        select
            *,
            median(
                newcomers_spoke_24h / nullif(newcomers_observed_24h, 0)::double
            ) over eight as usual,
            sum(newcomers_observed_24h - newcomers_spoke_24h) over eight as quiet_before,
            sum(newcomers_observed_24h) over eight as observed_before
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
    newcomers_observed_24h as sample,
    newcomers_observed_24h - newcomers_spoke_24h as affected,
    1 - newcomers_spoke_24h / newcomers_observed_24h / usual as gap,
    newcomers_spoke_24h as spoke,
    newcomers_observed_24h as observed,
    newcomers_spoke_24h / newcomers_observed_24h as rate,
    usual
from
    usual
where
    newcomers_observed_24h > 0
    and wilson_high (newcomers_spoke_24h, newcomers_observed_24h) < usual
    -- Weeks with one or two newcomers have medians of 0 or 1: all of them together had chance too.
    and binomial_tail (
        newcomers_observed_24h - newcomers_spoke_24h,
        newcomers_observed_24h - newcomers_spoke_24h + quiet_before,
        newcomers_observed_24h / (newcomers_observed_24h + observed_before)
    ) < 0.025
