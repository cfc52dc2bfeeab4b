/*
title: Segment flows
description: Persons by the segment they came from and went to; none before joining, left after. Both sides add up.
grain: [week, from, to]
columns:
  week: First day of the local week.
  from: Segment at the end of the week before, or none.
  to: Segment at the end of this week, or left.
  persons: Persons, each once.
*/
select
    week,
    "from",
    "to",
    count(*) as persons
from
    (
        select
            week,
            previous_segment as "from",
            segment as "to"
        from
            marts.person_weeks
        union all
        -- Members of last week's end whose stay ended exactly at this week's start have no row of their own.
        select
            (before.week + 7)::date,
            before.segment,
            'left'
        from
            marts.person_weeks as before
            semi join intermediate.int_weeks as weeks on weeks.previous_week = before.week
            anti join marts.person_weeks as after on after.person_id = before.person_id
            and after.week = before.week + 7
        where
            before.segment <> 'left'
    )
group by all
