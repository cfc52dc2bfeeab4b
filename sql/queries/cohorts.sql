/*
title: Cohorts
description: >-
  Retention by week of the first join (basis join) or of the first purchase (first_order), k weeks later. A cell that
  was not seen to its end is missing: it is unknown, not 0. Active ones are of those who ever were in a group with a chat
  log (heard).
params:
  basis: {type: text, default: join}
  week: {type: date, default: null}
  cohorts: {type: number, default: 13}
people: [size, heard, stayed, active, bought, bought_again]
needs: {leavers: [stayed, stay_rate], messages: [active, active_rate], orders: [bought, bought_again, buy_rate], buyers: [bought, bought_again, buy_rate]}
*/
select
    cohort,
    k,
    size,
    heard,
    stayed,
    active,
    bought,
    bought_again,
    stayed / size as stay_rate,
    active / nullif(heard, 0) as active_rate,
    bought / size as buy_rate
from
    marts.cohort_weeks
where
    basis = $basis
    and cohort > $week::date - 7 * $cohorts::integer
    and cohort + 7 * k <= $week::date
order by
    cohort,
    k
