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
with
    gone as (
        -- Members of last week's end whose stay ended exactly at this week's start have no row of their own.
        select distinct
            memberships.person_id,
            weeks.week
        from
            marts.memberships
            inner join intermediate.int_weeks as weeks on weeks.starts_at = memberships.left_at
        where
            memberships.is_member
    ),
    steps as (
        select
            week,
            previous_segment as "from",
            segment as "to",
            count(*) as persons
        from
            marts.presence
        where
            in_total
        group by
            week,
            previous_segment,
            segment
        union all
        select
            gone.week,
            before.segment,
            'left',
            count(*)
        from
            marts.presence as before
            inner join gone on gone.person_id = before.person_id
            and gone.week = before.week + 7
            anti join marts.presence as after on after.person_id = gone.person_id
            and after.week = gone.week
        where
            before.in_total
            and before.segment <> 'left'
        group by
            gone.week,
            before.segment
    )
select
    week,
    "from",
    "to",
    sum(persons)::bigint as persons
from
    steps
group by
    week,
    "from",
    "to"
