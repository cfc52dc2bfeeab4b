/*
title: Level migration
description: >-
  Members by their level at the end of the week before and at the end of this week, over all groups or of one. none =
  no member before, left = no member after, unknown = no list has said a level so far. Both sides add up to the members.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
people: [persons]
*/
with
    bounds as (
        select
            starts_at,
            ends_at
        from
            report.weeks
        where
            week = $week::date
    ),
    members as (
        select
            person_id,
            is_member_start,
            is_member_end
        from
            marts.participation
        where
            group_id = $group_id
            and week = $week::date
        union all
        -- Whose stay ended exactly at the week's start has no row in this week.
        select distinct
            memberships.person_id,
            true,
            false
        from
            marts.memberships as memberships
            cross join bounds
            anti join marts.participation as people on people.person_id = memberships.person_id
            and people.group_id = $group_id
            and people.week = $week::date
        where
            memberships.is_member
            and memberships.left_at = bounds.starts_at
            and $group_id in ('*', memberships.group_id)
    ),
    levels as (
        select
            spells.person_id,
            max(spells.level) filter(
                spells.known_at <= bounds.starts_at
                and coalesce(spells.until_at > bounds.starts_at, true)
            ) as before,
            max(spells.level) filter(
                spells.known_at <= bounds.ends_at
                and coalesce(spells.until_at > bounds.ends_at, true)
            ) as after
        from
            marts.level_spells as spells
            cross join bounds
        group by
            spells.person_id
    ),
    moves as (
        select
            if (
                is_member_start,
                coalesce(levels.before, 'unknown'),
                'none'
            ) as "from",
            if (
                is_member_end,
                coalesce(levels.after, 'unknown'),
                'left'
            ) as "to"
        from
            members
            left join levels using (person_id)
    )
select
    "from",
    "to",
    count(*) as persons
from
    moves
where
    exists (
        select
            1
        from
            marts.level_spells
    )
group by
    "from",
    "to"
order by
    persons desc,
    "from",
    "to"
