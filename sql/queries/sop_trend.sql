/*
title: SOP adherence against KPIs
description: Adherence beside the KPIs of the same group and week, to see whether weeks that kept the plan went better. No cause is claimed.
params:
  group_id: {type: text, default: "*"}
  kpi: {type: text, default: activity_rate}
people: []
*/
select
    kept.group_id,
    kept.week,
    kept.numerator as sent,
    kept.denominator as due,
    kept.value as adherence,
    result.kpi,
    result.numerator,
    result.denominator,
    result.value
from
    report.kpi_weekly as kept
    inner join report.kpi_weekly as result on result.group_id = kept.group_id
    and result.week = kept.week
    and result.segment = '*'
    and result.kpi = $kpi
where
    kept.kpi = 'sop_adherence'
    and kept.segment = '*'
    and (
        $group_id = '*'
        or kept.group_id = $group_id
    )
order by
    kept.group_id,
    kept.week
