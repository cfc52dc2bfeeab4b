/*
title: When members speak
description: Counted messages of members by weekday (1 = Monday) and hour in the weeks up to the one given, with how many members spoke then.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  weeks: {type: number, default: 4}
people: [speakers]
*/
select
    isodow(local_at) as weekday,
    hour(local_at) as hour,
    count(*) as messages,
    count(distinct person_id) as speakers
from
    marts.messages
where
    is_counted
    and role = 'member'
    and week between $week::date - 7 * ($weeks::integer - 1) and $week::date
    and (
        $group_id = '*'
        or group_id = $group_id
    )
group by
    isodow(local_at),
    hour(local_at)
order by
    weekday,
    hour
