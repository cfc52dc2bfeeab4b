/*
title: Events by week
description: Who was there when the week's events began, and who took part; '*' counts a person of several groups once. Weeks without an event have no row.
grain: [group_id, week]
columns:
  group_id: The group, or '*'.
  week: First day of the local week in which the events began.
  present: Members there when one of them began.
  took_part: Of these, spoke or bought while one ran.
checks:
  - took_part <= present
*/
with
    people as (
        select
            '*' as group_id,
            person_id,
            week,
            bool_or(took_part) as took_part
        from
            intermediate.int_event_people
        group by
            person_id,
            week
        union all
        select
            group_id,
            person_id,
            week,
            took_part
        from
            intermediate.int_event_people
    )
select
    group_id,
    week,
    count(*) as present,
    count(*) filter(took_part) as took_part
from
    people
group by
    group_id,
    week
