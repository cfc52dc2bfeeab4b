/*
title: {zh: 流失率, en: Churn rate}
description:
  zh: 本周在群的成员中，本周离开且周末不在群的人（M-05）。看不到退群的群不算。
  en: Members present in the week who left in it and are not there at its end, of members present (M-05). Groups where leaving can not be seen are left out.
unit: ratio
good: down
minDenominator: 30
of: {zh: 人, en: people}
needs: [leavers, members]
people:
  from: marts.participation
  numerator: churned
  denominator: is_watched
  before: {numerator: was_present and not is_member_start, denominator: was_watched}
*/
select
    group_id,
    week,
    segment,
    churned as numerator,
    members_watched as denominator
from
    marts.segment_totals
