/*
title: {zh: 推广次数, en: Ad units}
description:
  zh: 有员工或合作方推广消息的天数，一天算一次（M-10）。按词表识别，至少这么多。
  en: "Days with a promotion by staff or a partner, one a day (M-10). Found by a lexicon: at least so many."
unit: count
good: down
minDenominator: 0
needs: messages
*/
with
    units as (
        select
            group_id,
            week,
            count(distinct local_at::date) as units
        from
            marts.messages
        where
            is_ad
            and is_counted
            and role in ('staff', 'partner')
        group by
            group_id,
            week
    )
select
    coalesce(group_id, '*') as group_id,
    week,
    '*' as segment,
    sum(coalesce(units.units, 0))::bigint as numerator,
    null::bigint as denominator
from
    marts.group_weeks
    left join units using (group_id, week)
group by
    grouping sets ((group_id, week), (week))
