/*
title: Growth accounting
description: Where active members come from and where they went, by week, for one group or all.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  weeks: {type: number, default: 12}
people: [active, new, retained, returned, lost, lost_left, lost_quiet]
needs: {messages: [active, new, retained, returned, lost, lost_left, lost_quiet, quick_ratio]}
*/
select
    growth_weeks.*
from
    marts.growth_weeks
where
    group_id = $group_id
    and week between $week::date - 7 * ($weeks::integer - 1) and $week::date
order by
    week
