/*
title: Place of a group by each number
description: >-
  Where a group stands among all groups by every KPI of one week that is no rate, those judged alone that are large
  enough; equal numbers share a place. Place 1 is the best: the lowest where a low number is good. Rates are in
  group_ranking, where small groups are shrunk.
params:
  week: {type: date, default: null}
  of_group: {type: text, default: null}
people: []
*/
with
    ranked as (
        select
            this.kpi,
            this.group_id,
            rank() over (
                partition by
                    this.kpi
                order by
                    if (kpis.good = 'down', 1, -1) * this.value
            ) as place,
            count(*) over (
                partition by
                    this.kpi
            ) as placed_groups
        from
            report.comparisons as this
            inner join report.kpis as kpis using (kpi)
            anti join report.missing_kpis using (kpi, group_id)
        where
            this.week = $week::date
            and this.group_id <> '*'
            and kpis.unit <> 'ratio'
            and this.value is not null
            and coalesce(this.denominator >= kpis.min_denominator, true)
    )
select
    kpi,
    group_id,
    place,
    placed_groups
from
    ranked
where
    group_id = $of_group
order by
    kpi
