/*
title: {zh: 裂变系数, en: K factor}
description:
  zh: 成员邀请入群的人次除以周初成员数：平均每个成员本周带来几个人。
  en: "Joins that members invited over the members at the start: how many each brought on average."
unit: number
good: up
minDenominator: 30
needs: [inviters, members]
*/
select
    coalesce(group_id, '*') as group_id,
    week,
    '*' as segment,
    sum(invites)::double as numerator,
    sum(members_start) filter(has_inviters)::double as denominator
from
    marts.group_weeks
    inner join marts.groups using (group_id)
group by
    grouping sets ((group_id, week), (week))
