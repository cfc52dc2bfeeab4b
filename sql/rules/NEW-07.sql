/*
title:
  zh: "渠道差别大"
  en: "Sources differ"
description:
  zh: "近 8 周按来源比较新人 7 天开口率，BH 校正后 q≤0.10，各来源至少 20 人。"
  en: "Over 8 weeks the share of newcomers who spoke within 7 days differs by source, q ≤ 0.10 after BH, 20 of each source at least."
severity: watch
owner: 运营经理
rootCause: promise
params:
  observed_min: {default: 20, zh: "每个来源最少人数", en: "fewest of each source"}
  q_max: {default: 0.1, zh: "q 上限", en: "largest q"}
minSample: 20
needs: [sources]
evidence:
  source: ["开口最少的来源", "weakest source", text]
  spoke: ["开口", "spoke", people]
  observed: ["新人", "newcomers", people]
  rate: ["开口率", "share", ratio]
  rest_rate: ["其他来源", "other sources", ratio]
  q: ["q 值", "q", number]
rows: {query: rows_newcomers}
suggestion:
  zh: "来源“{source}”的 {observed} 位新人里 {spoke} 位 7 天内开口（{rate}），其他来源 {rest_rate}。先停这一条，把名额给留得住的渠道。"
  en: "{spoke} of {observed} newcomers from “{source}” spoke within 7 days ({rate}; other sources {rest_rate}). Pause it and feed the source that stays."
expect:
  - {kpi: newcomer_7d, direction: up}
followUp:
  weeks: 4
  zh: "4 周后按渠道复查"
  en: "by source in 4 weeks"
sources: [S0-23, S3-27]
falsePositives:
  zh: "来源标签补录不全；渠道与活动时间混在一起"
  en: "Incomplete source labels; sources mixed up with events"
*/
with
    totals as (
        select
            *,
            sum(observed) over everyone as all_observed,
            sum(spoke) over everyone as all_spoke
        from
            marts.rule_sources
        where
            observed >= $observed_min
        window
            everyone as (
                partition by
                    group_id,
                    week
            )
    ),
    tested as (
        select
            *,
            two_sided_p (
                (
                    spoke / observed - (all_spoke - spoke) / (all_observed - observed)
                ) / sqrt(
                    all_spoke / all_observed * (1 - all_spoke / all_observed) * (1 / observed + 1 / (all_observed - observed))
                )
            ) as p
        from
            totals
        where
            all_observed > observed
            and all_spoke between 1 and all_observed - 1
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
    observed as sample,
    observed - spoke as affected,
    (all_spoke - spoke) / (all_observed - observed) - spoke / observed as gap,
    source,
    spoke,
    observed,
    spoke / observed as rate,
    (all_spoke - spoke) / (all_observed - observed) as rest_rate,
    q
from
    adjusted
where
    q <= $q_max
    and spoke / observed < (all_spoke - spoke) / (all_observed - observed)
qualify
    row_number() over (
        partition by
            group_id,
            week
        order by
            p,
            source
    ) = 1
