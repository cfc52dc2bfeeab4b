/*
title: RFM
description: >-
  Buyers at the end of each of the last eight complete weeks by recency, frequency and value of their valid orders,
  each scored 1 to 5. Cut points come from fupan.yaml; where it says quintiles, equal values share the middle of their
  ranks and so one score, whatever the order of rows. Who never bought has no row.
grain: [person_id, week]
columns:
  person_id: The buyer.
  week: First day of the week (local) whose end is meant.
  recency_days: Whole days from the last purchase day to the week's end.
  frequency: Purchase days to the week's end.
  monetary: Net amount to the week's end in the workspace's currency.
  r: 5 = bought most recently.
  f: 5 = bought most often.
  m: 5 = spent most.
  rfm: The three scores side by side, as in 545.
checks:
  - r between 1 and 5
  - f between 1 and 5
  - m between 1 and 5
*/
with
    ends as (
        select
            week
        from
            intermediate.int_weeks
        where
            is_complete
        order by
            week desc
        limit
            8
    ),
    buyers as (
        select
            spans.person_id,
            ends.week,
            ends.week + 7 - spans.paid_day as recency_days,
            spans.repeats + 1 as frequency,
            spans.value as monetary
        from
            ends
            inner join marts.buying_spans as spans on spans.paid_day < ends.week + 7
            and spans.until_day >= ends.week + 7
    ),
    ranked as (
        select
            *,
            rank() over (
                partition by
                    week
                order by
                    recency_days desc
            ) + (
                count(*) over (
                    partition by
                        week,
                        recency_days
                ) - 1
            ) / 2 as recency_rank,
            rank() over (
                partition by
                    week
                order by
                    frequency
            ) + (
                count(*) over (
                    partition by
                        week,
                        frequency
                ) - 1
            ) / 2 as frequency_rank,
            rank() over (
                partition by
                    week
                order by
                    monetary
            ) + (
                count(*) over (
                    partition by
                        week,
                        monetary
                ) - 1
            ) / 2 as monetary_rank,
            count(*) over (
                partition by
                    week
            ) as n
        from
            buyers
    ),
    quintiles as (
        select
            *,
            least(5, ceil(5 * (recency_rank - 0.5) / n))::integer as recency_quintile,
            least(5, ceil(5 * (frequency_rank - 0.5) / n))::integer as frequency_quintile,
            least(5, ceil(5 * (monetary_rank - 0.5) / n))::integer as monetary_quintile
        from
            ranked
    ),
    scored as (
        select
            quintiles.*,
            if (
                settings.rfm_recency is null,
                recency_quintile,
                5 - len(
                    list_filter(
                        settings.rfm_recency,
                        lambda cut: recency_days > cut
                    )
                )
            ) as r,
            if (
                settings.rfm_frequency is null,
                frequency_quintile,
                1 + len(
                    list_filter(
                        settings.rfm_frequency,
                        lambda cut: frequency >= cut
                    )
                )
            ) as f,
            if (
                settings.rfm_monetary is null,
                monetary_quintile,
                1 + len(
                    list_filter(
                        settings.rfm_monetary,
                        lambda cut: monetary >= cut
                    )
                )
            ) as m
        from
            quintiles
            cross join config.settings
    )
select
    person_id,
    week,
    recency_days,
    frequency,
    monetary,
    r,
    f,
    m,
    concat(r, f, m) as rfm
from
    scored
