/*
title: Newcomers and how far they came
description: >-
  Everyone's first stay in a group with the steps joined, spoke, bought, bought again. Implied joins are there, and
  marked, since who is known from the first word spoke by construction.
grain: [group_id, person_id]
columns:
  group_id: The group.
  person_id: The person.
  week: First day of the local week of joining; null = before the data.
  joined_at: First join (UTC); null = before the data.
  join_source: Channel or way of joining as the source says.
  join_evidence: How the join is known; implied = from the first message.
  inviter_id: Who invited, if said.
  left_at: End of the first stay (UTC); null = still there at as_of.
  spoke_at: First counted message in the group from joining on (UTC); null = none so far.
  first_order_day: First purchase day in the group from the day of joining on (local); null = none so far.
  second_order_day: The next purchase day after it, anywhere (local); null = none so far.
checks:
  - second_order_day is null or second_order_day > first_order_day
*/
with
    stays as (
        select
            *
        from
            intermediate.int_members
        where
            nth = 1
    ),
    words as (
        select
            stays.group_id,
            stays.person_id,
            min(
                greatest(
                    days.first_counted_at,
                    coalesce(stays.joined_at, days.first_counted_at)
                )
            ) as spoke_at
        from
            intermediate.int_speaking_days as days
            inner join stays on stays.group_id = days.group_id
            and stays.person_id = days.person_id
            and days.last_counted_at >= coalesce(stays.joined_at, days.last_counted_at)
        group by
            stays.group_id,
            stays.person_id
    ),
    own_orders as (
        select
            stays.group_id,
            stays.person_id,
            min(orders.paid_day) as first_order_day
        from
            intermediate.int_buyer_orders as orders
            inner join stays on stays.group_id = orders.group_id
            and stays.person_id = orders.person_id
            and orders.paid_day >= coalesce(stays.joined_local::date, orders.paid_day)
        group by
            stays.group_id,
            stays.person_id
    ),
    next_orders as (
        select
            own_orders.group_id,
            own_orders.person_id,
            min(days.paid_day) as second_order_day
        from
            own_orders
            inner join intermediate.int_purchase_days as days on days.person_id = own_orders.person_id
            and days.paid_day > own_orders.first_order_day
        group by
            own_orders.group_id,
            own_orders.person_id
    )
select
    stays.group_id,
    stays.person_id,
    stays.join_week as week,
    stays.joined_at,
    memberships.join_source,
    stays.join_evidence,
    memberships.inviter_id,
    stays.left_at,
    -- Within 8 days of joining the very message is known; later the day's first one.
    coalesce(newcomers.spoke_at, words.spoke_at) as spoke_at,
    own_orders.first_order_day,
    next_orders.second_order_day
from
    stays
    inner join marts.memberships on memberships.group_id = stays.group_id
    and memberships.person_id = stays.person_id
    and memberships.nth = 1
    left join intermediate.int_newcomers as newcomers on newcomers.group_id = stays.group_id
    and newcomers.person_id = stays.person_id
    left join words on words.group_id = stays.group_id
    and words.person_id = stays.person_id
    left join own_orders on own_orders.group_id = stays.group_id
    and own_orders.person_id = stays.person_id
    left join next_orders on next_orders.group_id = stays.group_id
    and next_orders.person_id = stays.person_id
