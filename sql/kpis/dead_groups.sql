/*
title: {zh: 沉寂群数, en: Dead groups}
description:
  zh: 到周末已有 14 天没有成员发言的群；没有聊天记录的群不算。
  en: "Groups without a member message in the 14 days to the week end; groups without a chat log are left out."
unit: count
good: down
minDenominator: 0
needs: messages
*/
select
    coalesce(group_id, '*') as group_id,
    week,
    '*' as segment,
    count(*) filter(is_dead) as numerator,
    null::bigint as denominator
from
    marts.group_weeks
group by
    grouping sets ((group_id, week), (week))
