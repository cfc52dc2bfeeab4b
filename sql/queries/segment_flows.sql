/*
title: Segment flows
description: Persons by the segment they came from and went to, over all groups, or of the members of one group.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
people: [persons]
*/
select
    "from",
    "to",
    persons
from
    marts.segment_flows
where
    week = $week::date
    and $group_id = '*'
union all
select
    -- What this group gained and lost: whoever stays with another group has left this one, and who came from another one is new to it.
    case
        when members.is_member_start then persons.previous_segment
        else 'none'
    end,
    case
        when members.is_member_end then persons.segment
        else 'left'
    end,
    count(*)
from
    marts.person_weeks as persons
    inner join marts.member_weeks as members using (person_id, week)
where
    members.week = $week::date
    and members.group_id = $group_id
    and $group_id <> '*'
group by all
order by
    "from",
    "to"
