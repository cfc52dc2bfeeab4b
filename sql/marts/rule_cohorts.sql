/*
title: Repurchase of recent first buyers, for the rules
description: >-
  First buyers of the last six weeks against those of the twelve weeks before: log-rank of the days to the second purchase,
  30 at most, censored at the week end or where the imported orders end. A group's first buyers made their first purchase of all there, as in repurchase_30d.
grain: [group_id, week]
columns:
  group_id: The group.
  week: First day of the week at whose end it is looked at.
  first_buyers: Persons whose first purchase was one of the group, in the six weeks to the week end.
  repeats: Of these, bought again within 30 days.
  expected: How many would have at the pace of both cohorts together.
  variance: Variance of the difference (log-rank).
*/
with
    firsts as (
        select
            orders.group_id,
            days.person_id,
            days.paid_day as first_day,
            second.paid_day as second_day
        from
            intermediate.int_purchase_days as days
            inner join (
                select distinct
                    group_id,
                    person_id,
                    paid_day
                from
                    intermediate.int_buyer_orders
                where
                    group_id <> '*'
            ) as orders using (person_id, paid_day)
            left join intermediate.int_purchase_days as second on second.person_id = days.person_id
            and second.nth = 2
        where
            days.nth = 1
    ),
    followed as (
        select
            weeks.group_id,
            weeks.week,
            firsts.first_day > weeks.week + 6 - 42 as is_recent,
            -- Watched to the week's end, or until the orders end that were imported.
            least(
                weeks.week + 6,
                greatest(
                    local_time (sold.until_at)::date,
                    firsts.first_day
                )
            ) as last_day,
            least(
                30,
                date_diff(
                    'day',
                    firsts.first_day,
                    least(coalesce(firsts.second_day, last_day), last_day)
                )
            ) as day,
            coalesce(
                firsts.second_day <= weeks.week + 6
                and date_diff('day', firsts.first_day, firsts.second_day) <= 30,
                false
            ) as is_repeat
        from
            intermediate.int_rule_weeks as weeks
            inner join firsts on firsts.group_id = weeks.group_id
            and firsts.first_day between weeks.week + 7 - 126 and weeks.week + 6
            cross join intermediate.int_orders_until as sold
    ),
    days as (
        select
            group_id,
            week,
            day,
            count(*) filter(is_recent) as ended_recent,
            count(*) as ended,
            count(*) filter(
                is_recent
                and is_repeat
            ) as repeats_recent,
            count(*) filter(is_repeat) as repeats
        from
            followed
        group by
            group_id,
            week,
            day
    ),
    risks as (
        select
            *,
            sum(ended_recent) over backwards as at_risk_recent,
            sum(ended) over backwards as at_risk
        from
            days
        window
            backwards as (
                partition by
                    group_id,
                    week
                order by
                    day desc
            )
    )
select
    group_id,
    week,
    sum(ended_recent)::bigint as first_buyers,
    sum(repeats_recent)::bigint as repeats,
    sum(repeats * at_risk_recent / at_risk) as expected,
    sum(
        if (
            at_risk > 1,
            repeats * (at_risk_recent / at_risk) * (1 - at_risk_recent / at_risk) * (at_risk - repeats) / (at_risk - 1),
            0
        )
    ) as variance
from
    risks
group by
    group_id,
    week
