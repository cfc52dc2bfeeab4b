/*
title: {zh: 发言人数, en: Speakers}
description:
  zh: 本周发过计数消息的成员，每人一次。
  en: Members who sent a counted message this week, each once.
unit: count
good: up
minDenominator: 0
needs: messages
people:
  from: marts.participation
  numerator: spoke
  denominator: null
  before: {numerator: messages_before > 0, denominator: was_present}
weekdays: {from: marts.weekdays, numerator: speakers}
*/
select
    group_id,
    week,
    segment,
    if (
        members_heard = 0
        and members_present > 0,
        null,
        speakers
    ) as numerator,
    null::bigint as denominator
from
    marts.segment_totals
