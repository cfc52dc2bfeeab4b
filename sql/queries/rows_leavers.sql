/*
title: Leavers behind a finding
description: Who left in the week, how long they had been there and when they last spoke.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
people: []
*/
select
    leavers.left_at as happened_at,
    coalesce(people.display_name, '') as name,
    if (leavers.leave_kind = 'kick', '被移出', '离群') as what_zh,
    if (leavers.leave_kind = 'kick', 'removed', 'left') as what_en,
    '入群 ' || leavers.days_since_join || ' 天' as detail_zh,
    leavers.days_since_join || ' days after joining' as detail_en
from
    marts.churn_events as leavers
    left join marts.people as people using (person_id)
where
    leavers.week = $week::date
    and (
        $group_id = '*'
        or leavers.group_id = $group_id
    )
order by
    happened_at
limit
    200
