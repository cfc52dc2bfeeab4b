/*
title: Segment stock
description: Members at the week's end by lifecycle segment, for one group or for all groups.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
people: [persons, previous]
*/
select
    segment,
    count(*) filter(week = $week::date) as persons,
    count(*) filter(week = $week::date - 7) as previous
from
    marts.participation
where
    group_id = $group_id
    and week in ($week::date, $week::date - 7)
    and segment <> 'left'
    and is_member_end
group by
    segment
