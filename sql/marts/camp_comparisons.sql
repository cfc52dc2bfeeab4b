/*
title: Camps against earlier camps on the same day
description: >-
  Each camp on its day n against the camp before it, and all earlier ones, on their day n. One judgement per figure:
  z = d / √(se² + τ²), d against the camp before, with the sampling error of two independent groups and τ² from past
  pairs of camps on that day. Precedence as for weeks: no_data, sample (fewer than 30 members), baseline (fewer than 6
  past pairs), then clear (q ≤ 0.05 over the figures of the day), possible (p ≤ 0.10), noise.
grain: [group_id, kpi, day]
columns:
  group_id: The camp.
  kpi: The KPI that the figure stands beside.
  day: Day of the camp, from 1.
  local_day: Its date (local).
  numerator: Members who had done it by the end of the day.
  denominator: Members who had joined by then.
  previous_group_id: The camp that began before this one; null = none.
  previous_numerator: Its numerator on the same day.
  previous_denominator: Its denominator.
  earlier_camps: Camps that began earlier and have that day.
  earlier_mean: Mean of their values.
  delta: Value less that of the camp before.
  lo: Lower end of its 95 % interval.
  hi: Upper end.
  min_detectable: Smallest difference that is seen 8 times in 10.
  verdict: better, worse, noise or insufficient.
  strength: clear or possible; null without a change beyond noise.
  reason: Why there is no judgement; else null.
*/
with
    figures as (
        select
            days.group_id,
            days.day,
            days.local_day,
            days.starts_on,
            figure.kpi,
            figure.good,
            figure.done as numerator,
            days.joined as denominator,
            figure.done / nullif(days.joined, 0) as value
        from
            marts.camp_days as days
            cross join lateral (
                values
                    ('activity_rate', 1, days.spoke),
                    ('conversion_rate', 1, days.bought),
                    ('churn_rate', -1, days.gone)
            ) as figure (kpi, good, done)
    ),
    -- Classes that began on the same day stand beside each other: neither is the camp before.
    pairs as (
        select
            * exclude (before),
            before.group_id as previous_group_id,
            before.numerator as previous_numerator,
            before.denominator as previous_denominator,
            before.value as previous_value
        from
            (
                select
                    *,
                    max_by(
                        {
                            'group_id': group_id,
                            'numerator': numerator,
                            'denominator': denominator,
                            'value': value
                        },
                        (starts_on, group_id)
                    ) over earlier as before,
                    count(value) over earlier as earlier_camps,
                    avg(value) over earlier as earlier_mean
                from
                    figures
                window
                    earlier as (
                        partition by
                            kpi,
                            day
                        order by
                            starts_on range between unbounded preceding
                            and interval 1 day preceding
                    )
            )
    ),
    errors as (
        select
            *,
            value - previous_value as delta,
            -- Agresti–Coull keeps 0 of n and n of n from having no error at all.
            sqrt(
                (numerator + 1) * (denominator - numerator + 1) / pow(denominator + 2, 2) / denominator + (previous_numerator + 1) * (previous_denominator - previous_numerator + 1) / pow(previous_denominator + 2, 2) / previous_denominator
            ) as se,
            previous_denominator is null
            or least(denominator, previous_denominator) < 30 as is_small
        from
            pairs
    ),
    usual as (
        select
            *,
            count(*) filter(not is_small) over past as past_pairs,
            greatest(
                coalesce(
                    avg(delta * delta - se * se) filter(not is_small) over past,
                    0
                ),
                0
            ) as tau2
        from
            errors
        window
            past as (
                partition by
                    kpi,
                    day
                order by
                    starts_on range between unbounded preceding
                    and interval 1 day preceding
            )
    ),
    tested as (
        select
            *,
            case
                when delta is null then 'no_data'
                when is_small then 'sample'
                when past_pairs < 6 then 'baseline'
            end as reason,
            if (
                reason is null,
                two_sided_p (delta / sqrt(se * se + tau2)),
                null
            ) as p
        from
            usual
    ),
    stepped as (
        select
            *,
            p * count(p) over (
                partition by
                    group_id,
                    day
            ) / row_number() over (
                partition by
                    group_id,
                    day,
                    p is null
                order by
                    p
            ) as step
        from
            tested
    ),
    judged as (
        select
            *,
            case
                when p is null
                or delta = 0 then null
                when min(step) over (
                    partition by
                        group_id,
                        day,
                        p is null
                    order by
                        p desc
                ) <= 0.05 then 'clear'
                when p <= 0.1 then 'possible'
            end as strength
        from
            stepped
    )
select
    group_id,
    kpi,
    day,
    local_day,
    numerator,
    denominator,
    previous_group_id,
    previous_numerator,
    previous_denominator,
    earlier_camps,
    earlier_mean,
    delta,
    delta - 1.959963984540054 * se as lo,
    delta + 1.959963984540054 * se as hi,
    2.8 * sqrt(se * se + tau2) as min_detectable,
    case
        when reason is not null then 'insufficient'
        when strength is null then 'noise'
        when delta * good > 0 then 'better'
        else 'worse'
    end as verdict,
    strength,
    reason
from
    judged
