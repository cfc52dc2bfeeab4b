/*
title: {zh: 消息数 P90, en: P90 of messages per speaker}
description:
  zh: 发言的人里，九成人不超过这个消息数。
  en: "Nine in ten speakers sent no more than this."
unit: number
good: null
minDenominator: 0
needs: messages
variantOf: messages_per_speaker
*/
select
    group_id,
    week,
    '*' as segment,
    p90_messages as numerator,
    null::bigint as denominator
from
    marts.talk_weeks
