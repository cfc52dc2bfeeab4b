/*
title: Groups and their KPIs
description: Every KPI of every group in a week with its comparison.
params:
  week: {type: date, default: null}
people: []
*/
select
    comparisons.kpi,
    comparisons.group_id,
    comparisons.numerator,
    comparisons.denominator,
    comparisons.value,
    comparisons.previous_numerator,
    comparisons.previous_denominator,
    comparisons.previous_value,
    comparisons.delta,
    comparisons.se
from
    report.comparisons
where
    comparisons.week = $week::date
