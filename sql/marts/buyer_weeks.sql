/*
title: Buyers by week
description: >-
  Each buyer of a group ('*' = all groups) in every week from the first purchase on, with the purchase days of that
  person to the week's end. Purchases anywhere count as earlier ones; only purchases of the group make its buyer.
grain: [group_id, person_id, week]
columns:
  group_id: The group, or '*'.
  person_id: The buyer.
  week: First day of the week (local).
  bought: Bought in the group this week.
  is_repeat: Bought this week and has a purchase day before this week.
  purchase_days: Distinct purchase days to the week's end.
  orders: Valid orders of the group this week.
  net_amount: Their net amount in the currency of the workspace.
*/
with
    purchases as (
        select
            group_id,
            person_id,
            week,
            count(*) as orders,
            sum(net_amount) as net_amount
        from
            intermediate.int_buyer_orders
        group by
            group_id,
            person_id,
            week
    ),
    spans as (
        select
            group_id,
            person_id,
            min(week) as first_week
        from
            purchases
        group by
            group_id,
            person_id
    ),
    bounds as (
        select
            min(week) as first_week,
            max(week) as last_week
        from
            intermediate.int_weeks
    ),
    spine as (
        select
            spans.group_id,
            spans.person_id,
            unnest(
                generate_series(
                    greatest(spans.first_week, bounds.first_week)::timestamp,
                    bounds.last_week::timestamp,
                    interval 7 day
                )
            )::date as week
        from
            spans
            cross join bounds
    ),
    days as (
        -- Each week with purchases, and the week before which its count of days stands.
        select
            person_id,
            week,
            max(nth) as purchase_days,
            min(nth) - 1 as earlier_days,
            lead (week, 1, date '9999-01-01') over (
                partition by
                    person_id
                order by
                    week
            ) as next_week
        from
            intermediate.int_purchase_days
        group by
            person_id,
            week
    )
select
    spine.group_id,
    spine.person_id,
    spine.week,
    purchases.orders is not null as bought,
    coalesce(
        purchases.orders is not null
        and days.week = spine.week
        and days.earlier_days > 0,
        false
    ) as is_repeat,
    coalesce(days.purchase_days, 0) as purchase_days,
    coalesce(purchases.orders, 0) as orders,
    coalesce(purchases.net_amount, 0) as net_amount
from
    spine
    left join purchases using (group_id, person_id, week)
    left join days on days.person_id = spine.person_id
    and spine.week >= days.week
    and spine.week < days.next_week
