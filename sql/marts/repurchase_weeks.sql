/*
title: Repurchase by group and week
description: >-
  Buyers of each group ('*' = all groups) to each week's end, ever and in the trailing 90 days, and those of them with
  two purchase days; purchases anywhere count as the second one. First-time buyers of the week with whether they
  bought again within 30, 60 and 90 days, as far as as_of has observed it.
grain: [group_id, week]
columns:
  group_id: The group, or '*'.
  week: First day of the week (local).
  buyers: Bought this week.
  repeat_buyers: Of these, with a purchase day before this week.
  purchase_days: Purchase days of the week, each buyer's counted apart.
  priced_buyers: Of the buyers, those with an order in the workspace's currency.
  priced_days: Of the purchase days, those with such an order.
  buyers_ever: Persons with a purchase day to the week's end.
  repeat_buyers_ever: Of these, with two or more.
  buyers_90d: Persons with a purchase day in the 90 days before the week's end.
  repeat_buyers_90d: Of these, with two or more in these days.
  first_buyers: Bought for the first time this week.
  observed_30d: Of these, observed for 30 full days.
  again_30d: Of these, bought again within them.
  observed_60d: First-time buyers observed for 60 full days.
  again_60d: Of these, bought again within them.
  observed_90d: First-time buyers observed for 90 full days.
  again_90d: Of these, bought again within them.
*/
with
    -- Each span adds a person at its start and takes it away at its end.
    steps as (
        select
            group_id,
            first_day as day,
            1 as buyers_ever,
            0 as repeat_buyers_ever,
            0 as buyers_90d,
            0 as repeat_buyers_90d
        from
            intermediate.int_purchase_spans
        where
            paid_day = first_day
        union all
        select
            group_id,
            greatest(first_day, paid_day),
            0,
            1,
            0,
            0
        from
            intermediate.int_purchase_spans
        where
            nth = 2
        union all
        select
            group_id,
            unnest([paid_day, least(next_day, own_day + 90)::date]),
            0,
            0,
            unnest([1, -1]),
            0
        from
            intermediate.int_purchase_spans
        where
            own_day + 90 > paid_day
        union all
        select
            group_id,
            unnest(
                [
                    paid_day,
                    least(next_day, own_day + 90, previous_day + 90)::date
                ]
            ),
            0,
            0,
            0,
            unnest([1, -1])
        from
            intermediate.int_purchase_spans
        where
            own_day + 90 > paid_day
            and previous_day + 90 > paid_day
    ),
    -- A step on a day is in force at the end of that day's week.
    weekly as (
        select
            group_id,
            greatest(
                week_of (day::timestamp),
                (
                    select
                        min(week)
                    from
                        intermediate.int_weeks
                )
            ) as week,
            sum(buyers_ever) as buyers_ever,
            sum(repeat_buyers_ever) as repeat_buyers_ever,
            sum(buyers_90d) as buyers_90d,
            sum(repeat_buyers_90d) as repeat_buyers_90d
        from
            steps
        group by all
    ),
    spine as (
        select
            ids.group_id,
            weeks.week
        from
            (
                select distinct
                    group_id
                from
                    weekly
            ) as ids
            cross join intermediate.int_weeks as weeks
    ),
    bought as (
        select
            group_id,
            week,
            count(*) as buyers,
            count(*) filter(is_repeat) as repeat_buyers,
            sum(purchase_days)::bigint as purchase_days,
            count(*) filter(priced_orders > 0) as priced_buyers,
            sum(priced_days)::bigint as priced_days
        from
            marts.buyer_weeks
        group by
            group_id,
            week
    ),
    firsts as (
        select
            orders.group_id,
            days.person_id,
            min(days.week) as week,
            min(days.paid_day) as first_day,
            min(second.paid_day) as second_day
        from
            intermediate.int_buyer_orders as orders
            inner join intermediate.int_purchase_days as days on days.person_id = orders.person_id
            and days.paid_day = orders.paid_day
            and days.nth = 1
            left join intermediate.int_purchase_days as second on second.person_id = days.person_id
            and second.nth = 2
        group by
            orders.group_id,
            days.person_id
    ),
    cohorts as (
        select
            firsts.group_id,
            firsts.week,
            count(*) as first_buyers,
            count(*) filter(observed >= 30) as observed_30d,
            count(*) filter(
                observed >= 30
                and second_day <= first_day + 30
            ) as again_30d,
            count(*) filter(observed >= 60) as observed_60d,
            count(*) filter(
                observed >= 60
                and second_day <= first_day + 60
            ) as again_60d,
            count(*) filter(observed >= 90) as observed_90d,
            count(*) filter(
                observed >= 90
                and second_day <= first_day + 90
            ) as again_90d
        from
            (
                select
                    firsts.*,
                    -- Full days after the first one that as_of has seen to their end.
                    local_time (settings.as_of)::date - first_day - 1 as observed
                from
                    firsts
                    cross join config.settings
            ) as firsts
        group by
            firsts.group_id,
            firsts.week
    )
select
    spine.group_id,
    spine.week,
    coalesce(bought.buyers, 0) as buyers,
    coalesce(bought.repeat_buyers, 0) as repeat_buyers,
    coalesce(bought.purchase_days, 0) as purchase_days,
    coalesce(bought.priced_buyers, 0) as priced_buyers,
    coalesce(bought.priced_days, 0) as priced_days,
    sum(coalesce(weekly.buyers_ever, 0)) over so_far::bigint as buyers_ever,
    sum(coalesce(weekly.repeat_buyers_ever, 0)) over so_far::bigint as repeat_buyers_ever,
    sum(coalesce(weekly.buyers_90d, 0)) over so_far::bigint as buyers_90d,
    sum(coalesce(weekly.repeat_buyers_90d, 0)) over so_far::bigint as repeat_buyers_90d,
    coalesce(cohorts.first_buyers, 0) as first_buyers,
    coalesce(cohorts.observed_30d, 0) as observed_30d,
    coalesce(cohorts.again_30d, 0) as again_30d,
    coalesce(cohorts.observed_60d, 0) as observed_60d,
    coalesce(cohorts.again_60d, 0) as again_60d,
    coalesce(cohorts.observed_90d, 0) as observed_90d,
    coalesce(cohorts.again_90d, 0) as again_90d
from
    spine
    left join weekly using (group_id, week)
    left join bought using (group_id, week)
    left join cohorts using (group_id, week)
window
    so_far as (
        partition by
            spine.group_id
        order by
            spine.week rows unbounded preceding
    )
