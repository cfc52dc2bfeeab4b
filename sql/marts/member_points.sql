/*
title: Points of members
description: >-
  Points as the newest member list states them (column points or 积分), what they are worth in whole units, and what the
  member's orders of the last four weeks earn, a repeat buyer's more than once.
grain: [group_id, person_id]
columns:
  group_id: The group.
  person_id: The member.
  points: Points of the newest list; null = no list says.
  worth: Money that they stand for.
  earned_4w: Points that the orders of four weeks earn; a point per unit of the workspace's money.
checks:
  - points is null or points >= 0
*/
with
    lists as (
        select
            lists.group_id,
            keys.person_id,
            max_by(
                try_cast (
                    coalesce(
                        lists.extra ->> '$.points',
                        lists.extra ->> '$."积分"'
                    ) as bigint
                ),
                lists.row_key
            ) as points
        from
            staging.stg_member_lists as lists
            inner join intermediate.int_person_keys as keys using (person_key)
        where
            lists.extra is not null
        group by
            lists.group_id,
            keys.person_id
    ),
    earned as (
        select
            orders.group_id,
            orders.person_id,
            sum(
                points_earned (
                    orders.net_amount,
                    orders.order_no_of_person > 1,
                    settings.points_times
                )
            ) as earned_4w
        from
            marts.orders as orders
            inner join config.settings on settings.currency = orders.currency
        where
            orders.is_counted
            and orders.group_id is not null
            and orders.paid_at >= settings.as_of - interval 28 day
        group by
            orders.group_id,
            orders.person_id
    )
select
    coalesce(lists.group_id, earned.group_id) as group_id,
    coalesce(lists.person_id, earned.person_id) as person_id,
    lists.points,
    points_worth (
        lists.points,
        settings.points_per,
        settings.points_yuan
    ) as worth,
    coalesce(earned.earned_4w, 0)::bigint as earned_4w
from
    lists
    full join earned on earned.group_id = lists.group_id
    and earned.person_id = lists.person_id
    cross join config.settings
where
    lists.points is not null
    or earned.earned_4w > 0
