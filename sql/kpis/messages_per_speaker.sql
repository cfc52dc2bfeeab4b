/*
title: {zh: 人均消息数, en: Messages per speaker}
description:
  zh: 成员消息数除以发言人数；少数人说得多会拉高它，旁边看中位数。
  en: "Messages of members over speakers; a few talkers raise it, so see the median beside it."
unit: number
good: up
minDenominator: 20
needs: messages
people:
  from: marts.participation
  numerator: messages
  denominator: spoke
  before: {numerator: messages_before, denominator: messages_before > 0}
*/
select
    group_id,
    week,
    '*' as segment,
    messages::double as numerator,
    speakers as denominator
from
    marts.talk_weeks
