/*
title: {zh: 周末在群活跃率, en: Activity of members at week end}
description:
  zh: 周末还在群的成员中，本周发过言的人。不含本周退群的人，所以偏高，只作对照。没有聊天记录的群不算。
  en: "Of the members at the week end, those who spoke in the week. Leavers are left out, so it is too high; for comparison only. Groups without a chat log of the week are left out."
unit: ratio
good: up
minDenominator: 30
of: {zh: 人, en: people}
needs: [messages, members]
variantOf: activity_rate
people:
  from: marts.participation
  numerator: spoke and is_end_heard
  denominator: is_end_heard
  before: {numerator: messages_before > 0 and was_end_heard, denominator: was_end_heard}
*/
select
    group_id,
    week,
    segment,
    speakers_end as numerator,
    members_end_heard as denominator
from
    marts.segment_totals
