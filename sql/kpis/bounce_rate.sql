/*
title: {zh: 进群就走率, en: Bounce rate}
description:
  zh: 本周入群且已观察满 24 小时的新人中，24 小时内就退群的人。看不到退群的群不算。
  en: "Joiners of the week observed for 24 hours who left within them. Groups where leaving can not be seen are left out."
unit: ratio
good: down
minDenominator: 20
of: {zh: 人, en: people}
needs: leavers
*/
select
    group_id,
    week,
    segment,
    left_24h as numerator,
    watched_24h as denominator
from
    marts.segment_totals
