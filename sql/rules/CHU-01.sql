/*
title:
  zh: "退群明显变多"
  en: "Leaves clearly up"
description:
  zh: "本周退群的 Poisson 率比（对前 8 周）95% 区间下限大于 1；24 小时内回来的、说不准是哪一周走的不算在本周。"
  en: "The Poisson rate ratio of leaves against the 8 weeks before has a 95 % interval above 1; who is back within 24 hours or may have left in an earlier week is none of this week's."
severity: act
owner: 团长
rootCause: churn
params:
  weeks_min: {default: 4, zh: "最少几周历史", en: "weeks of history"}
  members_min: {default: 50, zh: "最少期初成员", en: "fewest members at the start"}
  p_max: {default: 0.025, zh: "碰巧的概率上限（单侧 p）", en: "largest probability of chance (one-sided p)"}
minSample: 5
needs: [leavers]
evidence:
  leaves: ["本周退群", "leaves this week", people]
  expected: ["按前 8 周该有", "expected from 8 weeks", people]
  p: ["碰巧的概率", "probability of chance", number]
rows: {query: rows_leavers}
suggestion:
  zh: "本周退群 {leaves} 人，照前 8 周的速度约 {expected} 人。发一句话问卷（三个选项加其他），先看名单里的老客。"
  en: "{leaves} left this week, about {expected} at the pace of the 8 weeks before. Send a one-line survey; look at old buyers first."
expect:
  - {kpi: churn_rate, direction: down}
followUp:
  weeks: 1
  zh: "下周看流失率"
  en: "churn rate next week"
sources: [S4-37]
falsePositives:
  zh: "清理僵尸号、群迁移；退群后 24 小时内回来的不算"
  en: "Clean-ups, moving to another group; who is back within 24 hours does not count"
*/
with
    baseline as (
        select
            *,
            sum(lasting_leaves) over eight as leaves_before,
            -- Weeks in which nobody could see who left are none in which nobody left.
            sum(members_start) filter(lasting_leaves is not null) over eight as exposure_before,
            count(lasting_leaves) over eight as weeks_before
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
    ),
    tested as (
        select
            *,
            leaves_before * members_start / exposure_before as expected,
            binomial_tail (
                placed_leaves,
                placed_leaves + leaves_before,
                members_start / (members_start + exposure_before)::double
            ) as p
        from
            baseline
        where
            members_start >= $members_min
            and exposure_before > 0
            and weeks_before >= $weeks_min
    )
select
    group_id,
    week,
    placed_leaves as sample,
    placed_leaves as affected,
    1 - expected / placed_leaves as gap,
    placed_leaves as leaves,
    expected,
    p
from
    tested
where
    p < $p_max
    and placed_leaves > 0
