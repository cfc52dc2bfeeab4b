/*
title: {zh: 新人 7 天发言率, en: Newcomers speaking in 7 days}
description:
  zh: 本周入群且已观察满 7 天的新人中，7 天内发过言的人（M-06）。
  en: Joiners of the week observed for 7 days who spoke within them (M-06).
unit: ratio
good: up
minDenominator: 20
people: {from: marts.participation, numerator: spoke_7d, denominator: observed_7d}
*/
select
    group_id,
    week,
    coalesce(segment, '*') as segment,
    count(*) filter(spoke_7d) as numerator,
    count(*) filter(observed_7d) as denominator
from
    marts.participation
group by
    grouping sets ((group_id, week), (group_id, week, segment))
