/*
title: Points that are owed
description: Per group, how many members hold points, what they are worth together, and what the orders of four weeks earn.
params:
  group_id: {type: text, default: "*"}
people: [members]
needs: {orders: [earned_4w], buyers: [earned_4w]}
*/
select
    points.group_id,
    groups.name as group_name,
    count(points.points) as members,
    sum(points.points) as points,
    sum(points.worth) as worth,
    sum(points.earned_4w) as earned_4w
from
    marts.member_points as points
    inner join marts.groups as groups using (group_id)
where
    $group_id = '*'
    or points.group_id = $group_id
group by
    points.group_id,
    groups.name
order by
    worth desc nulls last,
    group_name
