/*
title: Speaking per group, person and week
description: Counted messages of each person in each group and week.
grain: [group_id, person_id, week]
*/
select
    group_id,
    person_id,
    week,
    count(*) as messages,
    max(sent_at) as last_message_at
from
    intermediate.int_messages
where
    is_counted
group by
    group_id,
    person_id,
    week
