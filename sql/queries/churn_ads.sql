/*
title: Advertisements before leaving
description: >-
  Matched strata for Mantel–Haenszel. Each leaver is compared with the same hours of the 4 weeks before, since everyone
  in a group sees the same advertisements at the same moment; like leavers are one row.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  weeks: {type: number, default: 12}
people: [leavers]
*/
select
    (ads_24h > 0) as exposed,
    control_windows,
    control_windows_with_ad,
    count(*) as leavers
from
    marts.leave_timing
where
    week > $week::date - 7 * $weeks::integer
    and week <= $week::date
    and $group_id in ('*', group_id)
    and control_windows > 0
group by all
order by all
