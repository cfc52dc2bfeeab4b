/*
title: Speaking per group, person and week
description: Counted messages of each person in each group and week.
grain: [group_id, person_id, week]
*/
select
    group_id,
    person_id,
    week,
    sum(messages)::bigint as messages,
    sum(organic_messages)::bigint as organic_messages,
    count(*) as active_days,
    min(day) as first_day,
    max(last_counted_at) as last_message_at
from
    intermediate.int_speaking_days
where
    messages > 0
group by
    group_id,
    person_id,
    week
