/*
title: {zh: 每百成员周退群, en: Leaves per 100 member-weeks}
description:
  zh: 退群人次除以成员在群总时间（百周）。不受中途入群影响。看不到退群的群不算。
  en: "Leaves over the time that members were there, in hundreds of weeks. Groups where leaving can not be seen are left out."
unit: number
good: down
minDenominator: 1
needs: [leavers, members]
variantOf: churn_rate
*/
select
    coalesce(group_id, '*') as group_id,
    week,
    '*' as segment,
    sum(leaves)::double as numerator,
    sum(member_weeks) filter(has_leavers) / 100 as denominator
from
    marts.group_weeks
    inner join marts.groups using (group_id)
group by
    grouping sets ((group_id, week), (week))
