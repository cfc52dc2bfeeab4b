/*
title: Purchase weeks of persons
description: The weeks in which a person bought anything valid, with the last purchase day and the one before it.
grain: [person_id, week]
*/
select
    person_id,
    week,
    max(paid_day) as last_day,
    max(previous_day) as previous_day
from
    intermediate.int_purchase_days
group by
    person_id,
    week
