/*
title: {zh: 退群人次, en: Leaves}
description:
  zh: 本周结束的成员在群时段。
  en: Stays of members that ended this week.
unit: count
good: down
minDenominator: 0
needs: leavers
weekdays: {from: marts.weekdays, numerator: leaves}
*/
select
    coalesce(group_id, '*') as group_id,
    week,
    '*' as segment,
    sum(leaves)::bigint as numerator,
    null::bigint as denominator
from
    marts.group_weeks
group by
    grouping sets ((group_id, week), (week))
