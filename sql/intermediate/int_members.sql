/*
title: Members and the weeks they were there
description: >-
  Each stay of a member with the weeks it touches, within the weeks of the review. is_only: the one stay of somebody
  who was in one group once and bought in no other, as nearly everyone is; their weeks are laid out without any join,
  one row for the group and the total.
grain: [group_id, person_id, nth]
*/
with
    bounds as (
        select
            min(week) as first_week,
            max(week) as last_week
        from
            intermediate.int_weeks
    ),
    -- Their purchases count in the total, and in no group of theirs.
    elsewhere as (
        select distinct
            orders.person_id
        from
            intermediate.int_buyer_orders as orders
            anti join marts.memberships as stays on stays.person_id = orders.person_id
            and stays.group_id = orders.group_id
            and stays.is_member
        where
            orders.group_id <> '*'
    ),
    stays as (
        select
            memberships.*,
            count(*) over (
                partition by
                    memberships.person_id
            ) = 1
            and elsewhere.person_id is null as is_only,
            min(coalesce(memberships.joined_at, since_before ())) over (
                partition by
                    memberships.person_id
            ) as first_joined_at
        from
            marts.memberships as memberships
            left join elsewhere using (person_id)
        where
            memberships.is_member
    )
select
    stays.group_id,
    stays.person_id,
    stays.nth,
    stays.joined_at,
    stays.left_at,
    stays.join_evidence,
    stays.is_only,
    local_time (stays.first_joined_at) as first_joined_local,
    week_of (
        local_time (nullif(stays.first_joined_at, since_before ()))
    ) as first_joined_week,
    week_of (local_time (stays.joined_at)) as join_week,
    week_of (local_time (stays.left_at)) as left_week,
    -- Exactly at a week's start is still of the week before for whoever joined by then.
    local_time (stays.joined_at) as joined_local,
    greatest(
        coalesce(
            week_of (local_time (stays.joined_at)),
            bounds.first_week
        ),
        bounds.first_week
    ) as from_week,
    -- Whoever leaves at a week's first moment was not in that week. Where only the next list shows it, the leave is dated
    -- there, whenever it was: the stay reaches up to that list.
    least(
        coalesce(
            week_of (
                local_time (
                    if (
                        stays.observed_from is null,
                        stays.left_at - interval 1 microsecond,
                        stays.left_at
                    )
                )
            ),
            bounds.last_week
        ),
        bounds.last_week
    ) as to_week
from
    stays
    cross join bounds
