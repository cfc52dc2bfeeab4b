/*
title:
  zh: "复购走低"
  en: "Repurchase down"
description:
  zh: "最近的首购批次比之前的批次回购慢：log-rank p 不超过 0.05，BH 后 q 不超过 0.10。"
  en: "Recent first buyers come back later than those before: log-rank p 0.05 at most, q 0.10 after BH."
severity: act
owner: 福利官
rootCause: aftersale
params:
  p_max: {default: 0.05, zh: "p 上限", en: "largest p"}
  q_max: {default: 0.1, zh: "q 上限", en: "largest q"}
minSample: 50
needs: [orders]
evidence:
  bought_again: ["回购", "bought again", people]
  expected: ["照以前该有", "expected", people]
  first_buyers: ["首购买家", "first buyers", people]
  p: ["碰巧的概率", "probability of chance", number]
suggestion:
  zh: "最近 {first_buyers} 位首购买家里回购 {bought_again} 位，照以前的节奏约 {expected} 位。到手后问一句，第二单给双倍积分。"
  en: "{bought_again} of {first_buyers} recent first buyers bought again, about {expected} at the former pace. Ask after delivery; double points on the second order."
expect:
  - {kpi: repurchase_rate, direction: up}
followUp:
  weeks: 6
  zh: "6 周后看复购"
  en: "repurchase in 6 weeks"
sources: [S4-33, S4-31, S4-32, S4-41]
falsePositives:
  zh: "观察期没满（已按删失处理）；耐用品周期长；退款回溯"
  en: "Windows not over (censored); durable goods; later refunds"
*/
with
    tested as (
        select
            *,
            two_sided_p ((repeats - expected) / sqrt(variance)) as p
        from
            marts.rule_cohorts
        where
            variance > 0
    ),
    ranked as (
        select
            *,
            p * count(*) over (
                partition by
                    week
            ) / row_number() over (
                partition by
                    week
                order by
                    p
            ) as stepped
        from
            tested
    ),
    adjusted as (
        select
            *,
            least(
                1,
                min(stepped) over (
                    partition by
                        week
                    order by
                        p desc
                )
            ) as q
        from
            ranked
    )
select
    group_id,
    week,
    first_buyers as sample,
    first_buyers - repeats as affected,
    1 - repeats / expected as gap,
    repeats as bought_again,
    expected,
    first_buyers,
    p
from
    adjusted
where
    repeats < expected
    and p <= $p_max
    and q <= $q_max
