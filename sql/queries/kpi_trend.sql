/*
title: KPI trend
description: One KPI by week, for one group or for all groups.
params:
  kpi: {type: text, default: activity_rate}
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
people: []
*/
select
    kpi_weekly.week,
    weeks.label,
    weeks.is_complete,
    kpi_weekly.value,
    kpi_weekly.numerator,
    kpi_weekly.denominator
from
    report.kpi_weekly
    inner join report.weeks as weeks using (week)
where
    kpi_weekly.kpi = $kpi
    and kpi_weekly.group_id = $group_id
    and kpi_weekly.segment = '*'
    and (
        $week is null
        or kpi_weekly.week <= $week::date
    )
order by
    kpi_weekly.week
