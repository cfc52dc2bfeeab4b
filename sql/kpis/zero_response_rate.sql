/*
title: {zh: 冷场率, en: Posts without response}
description:
  zh: 员工主动发言后 60 分钟内没有成员说话的比例（M-07）。引用或点名某个人的是回复，不算；@所有人 算。
  en: "Posts of staff without a message of a member in the next 60 minutes (M-07). What quotes or names one person is a reply and left out; a call to everyone is not."
unit: ratio
good: down
minDenominator: 10
of: {zh: 条消息, en: posts}
needs: messages
*/
select
    coalesce(group_id, '*') as group_id,
    week,
    '*' as segment,
    sum(silent)::bigint as numerator,
    sum(posts)::bigint as denominator
from
    marts.post_weeks
group by
    grouping sets ((group_id, week), (week))
