/*
title: {zh: 消息数, en: Messages}
description:
  zh: 成员本周发出的计数消息，员工和机器人不算。
  en: Counted messages of members this week, without staff and bots.
unit: count
good: up
minDenominator: 0
needs: messages
people:
  from: marts.participation
  numerator: messages
  denominator: null
  before: {numerator: messages_before, denominator: was_present}
weekdays: {from: marts.weekdays, numerator: messages}
*/
select
    group_id,
    week,
    segment,
    if (
        members_heard = 0
        and members_present > 0,
        null,
        messages
    ) as numerator,
    null::bigint as denominator
from
    marts.segment_totals
