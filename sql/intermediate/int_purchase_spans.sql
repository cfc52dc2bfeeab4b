/*
title: How long a purchase day counts
description: >-
  For each buyer of a group ('*' = all groups), from each purchase day on (anywhere) until the next one: whether the
  person counts as a buyer of the group within the trailing days, and as one with two purchase days. Spans of days,
  half open; counting who is inside one at a week's end needs no row per person and week.
grain: [group_id, person_id, paid_day]
*/
with
    days as (
        select
            person_id,
            paid_day,
            nth,
            previous_day,
            lead (paid_day, 1, date '9999-01-01') over (
                partition by
                    person_id
                order by
                    paid_day
            ) as next_day
        from
            intermediate.int_purchase_days
    ),
    own_days as (
        select distinct
            group_id,
            person_id,
            paid_day
        from
            intermediate.int_buyer_orders
    ),
    pairs as (
        select
            group_id,
            person_id,
            min(paid_day) as first_day
        from
            own_days
        group by
            group_id,
            person_id
    )
select
    pairs.group_id,
    days.person_id,
    days.paid_day,
    days.nth,
    pairs.first_day,
    days.next_day,
    max(own_days.paid_day) over (
        partition by
            pairs.group_id,
            days.person_id
        order by
            days.paid_day
    ) as own_day,
    days.previous_day
from
    days
    inner join pairs using (person_id)
    left join own_days on own_days.group_id = pairs.group_id
    and own_days.person_id = days.person_id
    and own_days.paid_day = days.paid_day
