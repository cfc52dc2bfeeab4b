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
    previous_segment,
    segment,
    count(*)
from
    marts.person_weeks as persons
    semi join (
        select
            person_id
        from
            marts.member_weeks
        where
            group_id = $group_id
            and week = $week::date
    ) as members using (person_id)
where
    persons.week = $week::date
    and $group_id <> '*'
group by
    previous_segment,
    segment
