/*
title: {zh: 周末成员数, en: Members at week end}
description:
  zh: 周末前一刻在群的成员；合计里每人只算一次。
  en: Members just before the week end; in the total each person once.
unit: count
good: up
minDenominator: 0
needs: members
judgedBy: past
*/
select
    group_id,
    week,
    '*' as segment,
    members_end as numerator,
    null::bigint as denominator
from
    marts.group_weeks
union all
select
    group_id,
    week,
    coalesce(segment, '*'),
    sum(members_end)::bigint,
    null
from
    marts.segment_weeks
where
    group_id = '*'
group by
    grouping sets ((group_id, week), (group_id, week, segment))
