/*
title: Stays by week
description: >-
  Each member in each week that a stay of theirs overlaps, with the state just before its start and its end, and
  newcomers' first steps. Most people have one stay in a group, so only the others are grouped.
grain: [group_id, person_id, week]
grainCheckedBy: marts.member_weeks
*/
with
    spans as (
        select
            memberships.*,
            week_of (
                local_time (
                    greatest(
                        coalesce(memberships.joined_at, first_week.starts_at),
                        first_week.starts_at
                    )
                )
            ) as from_week,
            week_of (
                local_time (
                    least(
                        coalesce(
                            memberships.left_at - interval 1 microsecond,
                            settings.as_of - interval 1 microsecond
                        ),
                        settings.as_of - interval 1 microsecond
                    )
                )
            ) as to_week,
            count(*) over (
                partition by
                    memberships.group_id,
                    memberships.person_id
            ) as stays
        from
            marts.memberships
            cross join config.settings
            cross join (
                select
                    min(starts_at) as starts_at
                from
                    intermediate.int_weeks
            ) as first_week
        where
            memberships.is_member
    ),
    spread as (
        select
            *,
            unnest(
                generate_series(
                    from_week::timestamp,
                    to_week::timestamp,
                    interval 7 day
                )
            )::date as week
        from
            spans
        where
            from_week <= to_week
    ),
    states as (
        select
            spread.group_id,
            spread.person_id,
            spread.week,
            spread.stays,
            coalesce(spread.joined_at < weeks.starts_at, true)
            and coalesce(spread.left_at >= weeks.starts_at, true) as is_member_start,
            coalesce(spread.left_at >= weeks.ends_at, true) as is_member_end,
            coalesce(spread.joined_at >= weeks.starts_at, false) as joined,
            coalesce(spread.left_at < weeks.ends_at, false) as has_left,
            if (
                spread.nth = 1
                and spread.join_evidence <> 'implied'
                and spread.joined_at >= weeks.starts_at,
                spread.joined_at,
                null
            ) as newcomer_at
        from
            spread
            inner join intermediate.int_weeks as weeks using (week)
    )
select
    group_id,
    person_id,
    week,
    is_member_start,
    is_member_end,
    joined,
    has_left,
    newcomer_at
from
    states
where
    stays = 1
union all
select
    group_id,
    person_id,
    week,
    bool_or(is_member_start),
    bool_or(is_member_end),
    bool_or(joined),
    bool_or(has_left),
    min(newcomer_at)
from
    states
where
    stays > 1
group by
    group_id,
    person_id,
    week
