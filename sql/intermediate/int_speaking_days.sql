/*
title: Speaking per group, person and day
description: >-
  What each person said in each group on each local day. Notices are no speech; messages that do not count (recalled
  ones) still show that the person was there. Everything about who spoke when is read from here, not from the messages.
grain: [group_id, person_id, day]
*/
select
    group_id,
    person_id,
    local_at::date as day,
    min(week) as week,
    count(*) filter(is_counted) as messages,
    count(*) filter(is_organic) as organic_messages,
    min(sent_at) as first_at,
    max(sent_at) as last_at,
    min(sent_at) filter(is_counted) as first_counted_at,
    max(sent_at) filter(is_counted) as last_counted_at
from
    marts.messages
where
    person_id is not null
    and kind <> 'system'
group by
    group_id,
    person_id,
    local_at::date
