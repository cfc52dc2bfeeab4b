/*
title: Reactivation tracker
description: >-
  How members moved between states of activity from the week before to this one (statistics.md 1.7; for analysis, not a
  segment). First match: left (no member at the week's end), new (joined this week, no member before), active (resurrected when dormant
  before), silent (never spoke or bought), dormant (no word and no order for so many weeks), at_risk. none = not there yet.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  weeks_dormant: {type: number, default: 4}
people: [persons]
*/
with
    weekly as (
        select
            person_id,
            week,
            is_member_end,
            -- Of all groups: a member who joins one more has not come anew.
            joined
            and not is_member_start as joined,
            spoke
            or bought as is_active
        from
            marts.participation
        where
            group_id = $group_id
            and week <= $week::date
    ),
    ends as (
        select
            unnest([$week::date - 7, $week::date]) as week_end
    ),
    people as (
        select
            weekly.person_id,
            ends.week_end,
            bool_or(weekly.joined) filter(weekly.week = ends.week_end) as joined_now,
            bool_or(weekly.joined) filter(weekly.week = ends.week_end - 7) as joined_before,
            bool_or(weekly.is_member_end) filter(weekly.week = ends.week_end) as is_member,
            bool_or(weekly.is_active) filter(weekly.week = ends.week_end) as is_active,
            max(weekly.week) filter(
                weekly.is_active
                and weekly.week < ends.week_end
            ) as last_active
        from
            weekly
            inner join ends on weekly.week <= ends.week_end
        group by
            weekly.person_id,
            ends.week_end
    ),
    states as (
        select
            person_id,
            week_end,
            case
                when not coalesce(is_member, false) then 'left'
                when joined_now then 'new'
                -- Who was new a week ago was not dormant then, however long ago they were here before.
                when is_active
                and not coalesce(joined_before, false)
                and week_end - 7 - last_active >= 7 * $weeks_dormant::integer then 'resurrected'
                when is_active then 'active'
                when last_active is null then 'silent'
                when week_end - last_active >= 7 * $weeks_dormant::integer then 'dormant'
                else 'at_risk'
            end as state
        from
            people
    )
select
    coalesce(before.state, 'none') as "from",
    after.state as "to",
    count(*) as persons
from
    states as after
    left join states as before on before.person_id = after.person_id
    and before.week_end < after.week_end
where
    after.week_end = $week::date
group by
    before.state,
    after.state
order by
    persons desc,
    "from",
    "to"
