/*
title: Service of a week
description: Per kind of case and group, how many opened, were answered in time, are settled or open, and the median minutes to the first reply.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
people: []
*/
select
    coalesce(group_id, '*') as group_id,
    kind,
    count(*) as cases,
    count(*) filter(is_reply_in_time) as in_time,
    count(*) filter(is_reply_in_time is not null) as judged,
    count(*) filter(resolved_at is not null) as resolved,
    count(*) filter(is_open) as open,
    median(first_reply_minutes) as median_reply_minutes
from
    marts.service_cases
where
    week = $week::date
    and (
        $group_id = '*'
        or group_id = $group_id
    )
group by
    grouping sets ((group_id, kind), (kind))
order by
    group_id,
    kind
