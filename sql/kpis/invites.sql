/*
title: {zh: 成员邀请入群, en: Invited joins}
description:
  zh: 本周由成员（不含员工）邀请入群的人次。
  en: "Joins of the week that a member, not staff, invited."
unit: count
good: up
minDenominator: 0
needs: inviters
*/
select
    coalesce(group_id, '*') as group_id,
    week,
    '*' as segment,
    sum(invites)::bigint as numerator,
    null::bigint as denominator
from
    marts.group_weeks
group by
    grouping sets ((group_id, week), (week))
