/*
title: Purchase days
description: The local days on which a member bought anything valid, with the one before. Who is a member of no group, as staff, bots and shills are, has none.
grain: [person_id, paid_day]
*/
select
    person_id,
    paid_day,
    min(week) as week,
    row_number() over (
        partition by
            person_id
        order by
            paid_day
    ) as nth,
    lag (paid_day) over (
        partition by
            person_id
        order by
            paid_day
    ) as previous_day
from
    intermediate.int_orders
    semi join (
        select
            person_id
        from
            marts.memberships
        where
            is_member
    ) as members using (person_id)
where
    is_valid
    and person_id is not null
group by
    person_id,
    paid_day
