/*
title: Stays by week
description: >-
  Each week of members of several groups or with several stays, with the state just before its start and its end and
  their first steps.
grain: [group_id, person_id, week]
*/
with
    spread as (
        select
            *,
            (
                from_week + unnest(range((to_week - from_week) // 7 + 1))::integer * 7
            )::date as week
        from
            intermediate.int_members
        where
            not is_only
            and from_week <= to_week
    )
select
    group_id,
    person_id,
    week,
    bool_or(
        coalesce(join_week < week, true)
        and coalesce(left_week >= week, true)
    ) as is_member_start,
    bool_or(coalesce(left_week > week, true)) as is_member_end,
    bool_or(coalesce(join_week = week, false)) as joined,
    bool_or(
        coalesce(joined_local <= (week - 7)::timestamp, true)
        and coalesce(left_week > week, true)
    ) as is_established
from
    spread
group by
    group_id,
    person_id,
    week
