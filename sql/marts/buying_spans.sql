/*
title: Buying so far
description: >-
  What a buyer's purchase days say from each of them on until the next: how often, for how much, at which rhythm. A
  state of any day is the row whose span holds it; half open, local days.
grain: [person_id, paid_day]
columns:
  person_id: The buyer.
  paid_day: Purchase day (local) that begins the span.
  until_day: The next purchase day; 9999-01-01 when there is none yet.
  first_day: The first purchase day.
  repeats: Purchase days after the first, this one among them.
  value: Net amount of all purchase days so far, in the workspace's currency.
  orders: Valid orders so far, those from before the buyer joined a group among them.
  mean_ln_gap: Mean of the logarithms of the days between purchase days so far; null before the second.
checks:
  - until_day > paid_day
  - (repeats = 0) = (mean_ln_gap is null)
*/
with
    spent as (
        select
            person_id,
            paid_day,
            sum(
                if (
                    orders.currency = settings.currency,
                    orders.net_amount,
                    0
                )
            ) as net_amount,
            count(*) as orders
        from
            marts.orders as orders
            cross join config.settings
        where
            is_valid
            and person_id is not null
        group by
            person_id,
            paid_day
    )
select
    days.person_id,
    days.paid_day,
    lead (days.paid_day, 1, date '9999-01-01') over days_of as until_day,
    first_value (days.paid_day) over days_of as first_day,
    days.nth - 1 as repeats,
    (sum(spent.net_amount) over days_of)::decimal(18, 2) as value,
    (sum(spent.orders) over days_of)::integer as orders,
    avg(ln(days.paid_day - days.previous_day)) over days_of as mean_ln_gap
from
    intermediate.int_purchase_days as days
    inner join spent using (person_id, paid_day)
window
    days_of as (
        partition by
            days.person_id
        order by
            days.paid_day
    )
    -- What holds at a late day stands together, at the end: a list of today reads a tenth of the table.
order by
    until_day,
    days.person_id
