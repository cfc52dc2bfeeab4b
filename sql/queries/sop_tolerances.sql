/*
title: Tolerances kept
description: >-
  For each step and measure of a week, how many executions were inside, outside, or did not say the value. The spread
  is what they were between.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
people: []
*/
select
    plan_id,
    step_id,
    measure,
    min(low) as low,
    max(high) as high,
    count(*) filter(is_inside) as inside,
    count(*) filter(not is_inside) as outside,
    count(*) filter(is_inside is null) as not_said,
    min(actual) as lowest,
    max(actual) as highest
from
    marts.sop_tolerances
where
    week = $week::date
    and (
        $group_id = '*'
        or group_id = $group_id
    )
group by
    plan_id,
    step_id,
    measure
order by
    outside desc,
    step_id,
    measure
