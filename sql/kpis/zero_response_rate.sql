/*
title: {zh: 冷场率, en: Posts without response}
description:
  zh: 员工主动发言（回复不算）后 60 分钟内没有成员说话的比例（M-07）。
  en: "Posts of staff, replies left out, without a message of a member in the next 60 minutes (M-07)."
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
