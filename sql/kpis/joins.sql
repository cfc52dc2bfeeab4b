/*
title: {zh: 入群人次, en: Joins}
description:
  zh: 本周开始的成员在群时段，重新入群另算一次。
  en: Stays of members that began this week; a rejoin is another one.
unit: count
good: up
minDenominator: 0
needs: members
weekdays: {from: marts.weekdays, numerator: joins}
*/
select
    coalesce(group_id, '*') as group_id,
    week,
    '*' as segment,
    sum(joins)::bigint as numerator,
    null::bigint as denominator
from
    marts.group_weeks
group by
    grouping sets ((group_id, week), (week))
