/*
title: Results of the events of a week
description: Orders of each event against the last one of its type in the group.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
people: []
needs: {orders: [orders, previous_orders]}
*/
select
    results.group_id,
    groups.name as group_name,
    results.type,
    results.title,
    results.starts_at,
    results.ends_at,
    results.orders,
    results.previous_orders
from
    marts.event_results as results
    inner join marts.groups as groups using (group_id)
where
    results.week = $week::date
    and (
        $group_id = '*'
        or results.group_id = $group_id
    )
order by
    results.starts_at,
    group_name
limit
    200
