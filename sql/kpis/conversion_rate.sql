/*
title: {zh: 转化率, en: Conversion rate}
description:
  zh: 本周在群的成员中，有至少一笔有效订单的人（M-02）。
  en: Members present in the week with at least one valid order, of members present (M-02).
unit: ratio
good: up
minDenominator: 30
of: {zh: 人, en: people}
needs: [orders, buyers, members]
shownWith: match_rate
people:
  from: marts.participation
  numerator: bought
  denominator: "true"
  before: {numerator: bought_before, denominator: was_present}
weekdays: {from: marts.weekdays, numerator: buyers}
*/
select
    group_id,
    week,
    segment,
    buyers as numerator,
    members_present as denominator
from
    marts.segment_totals
