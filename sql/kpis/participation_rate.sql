/*
title: {zh: 活动参与率, en: Participation rate}
description:
  zh: 本周日历里的活动开始时在群的成员中，活动进行时说过话或下过单的人（M-11）。没写结束时间的活动按两小时算；没有活动的周没有数。
  en: "Members there when the week's events of the calendar began who spoke or bought while one ran (M-11). An event without an end counts for two hours; a week without events has no figure."
unit: ratio
good: up
minDenominator: 20
needs: [messages, members]
*/
select
    group_id,
    week,
    '*' as segment,
    took_part as numerator,
    present as denominator
from
    marts.event_weeks
