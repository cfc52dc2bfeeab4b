/*
title: {zh: 净增人数, en: Net growth}
description:
  zh: 入群人次减退群人次（M-12）。看不到退群的群不算。
  en: "Joins minus leaves (M-12). Groups where leaving can not be seen are left out."
unit: count
good: up
minDenominator: 0
needs: [leavers, members]
judgedBy: past
*/
select
    coalesce(group_id, '*') as group_id,
    week,
    '*' as segment,
    sum(joins - leaves) filter(has_leavers)::bigint as numerator,
    null::bigint as denominator
from
    marts.group_weeks
    inner join marts.groups using (group_id)
group by
    grouping sets ((group_id, week), (week))
