/*
title: {zh: 新群数, en: New groups}
description:
  zh: 本周建立（或第一次出现）的群。
  en: "Groups created or first seen this week."
unit: count
good: up
minDenominator: 0
*/
select
    coalesce(group_id, '*') as group_id,
    week,
    '*' as segment,
    count(*) filter(is_new) as numerator,
    null::bigint as denominator
from
    marts.group_weeks
group by
    grouping sets ((group_id, week), (week))
