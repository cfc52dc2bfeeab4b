/*
title: {zh: 消息数中位数, en: Median messages per speaker}
description:
  zh: 发言的人里，一半人不超过这个消息数。
  en: "Half of the speakers sent no more than this."
unit: number
good: up
minDenominator: 0
needs: messages
variantOf: messages_per_speaker
*/
select
    group_id,
    week,
    '*' as segment,
    median_messages as numerator,
    null::bigint as denominator
from
    marts.talk_weeks
