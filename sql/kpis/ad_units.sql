/*
title: {zh: 推广次数, en: Ad units}
description:
  zh: 员工或合作方的推广，同一天推同一款只算一次（M-10）。靠词表认推广，靠活动日历里的商品分款，认不出的同一天算一款：至少这么多。
  en: "Promotions by staff or a partner, one product a day once however often it is pushed (M-10). Found by a lexicon, told apart by the calendar's products, else one a day: at least so many."
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
            sum(units) as units
        from
            marts.ad_days
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
