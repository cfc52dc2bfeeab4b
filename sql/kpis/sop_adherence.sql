/*
title: {zh: SOP 执行率, en: SOP adherence}
description:
  zh: 本周到期的步骤中，在群里真的发出了的（含迟发）。没到期的不算，发错群的不算做到（M-09）。
  en: Due steps of the week that were really sent in their group, late ones included, of all due steps (M-09).
unit: ratio
good: up
minDenominator: 5
of: {zh: 步, en: steps}
*/
select
    coalesce(group_id, '*') as group_id,
    week,
    '*' as segment,
    count(*) filter(status in ('done', 'late')) as numerator,
    count(*) as denominator
from
    marts.sop_adherence
where
    is_due
group by
    grouping sets ((group_id, week), (week))
