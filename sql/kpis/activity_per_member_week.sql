/*
title: {zh: 每成员周发言人数, en: Speakers per member-week}
description:
  zh: 发言人数除以成员在群的总时间（周）。拉新多的周更公平；是密度，可以超过 1，不当百分比看。没有聊天记录的群不算。
  en: "Speakers over the time that members were there, in weeks. Fair in recruiting weeks; a density that may exceed 1. Groups without a chat log of the week are left out."
unit: number
good: up
minDenominator: 30
needs: [messages, members]
variantOf: activity_rate
*/
select
    coalesce(group_id, '*') as group_id,
    week,
    '*' as segment,
    sum(speakers)::double as numerator,
    sum(member_weeks) filter(week >= messages_from) as denominator
from
    marts.group_weeks
    inner join marts.groups using (group_id)
group by
    grouping sets ((group_id, week), (week))
