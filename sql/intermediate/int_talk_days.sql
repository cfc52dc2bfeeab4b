/*
title: Days on which members spoke
description: For each member of a group ('*' = all groups) and week with a counted message, on how many days.
grain: [group_id, person_id, week]
*/
with
    own as (
        select
            speaking.group_id,
            speaking.person_id,
            speaking.week,
            speaking.active_days,
            members.in_several
        from
            intermediate.int_speaking_weeks as speaking
            inner join intermediate.int_group_members as members using (group_id, person_id)
    )
select
    group_id,
    person_id,
    week,
    active_days
from
    own
union all
select
    '*',
    person_id,
    week,
    active_days
from
    own
where
    not in_several
union all
select
    '*',
    days.person_id,
    days.week,
    count(distinct days.day)
from
    intermediate.int_speaking_days as days
    inner join intermediate.int_group_members as members using (group_id, person_id)
where
    members.in_several
    and days.messages > 0
group by
    days.person_id,
    days.week
