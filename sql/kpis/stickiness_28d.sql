/*
title: {zh: 粘性（28 天）, en: Stickiness over 28 days}
description:
  zh: 28 天日均发言人数除以 28 天发言人数。
  en: "Mean daily speakers of 28 days over the speakers of these days."
unit: ratio
good: up
minDenominator: 20
needs: messages
judgedBy: past
variantOf: stickiness
*/
select
    group_id,
    week,
    '*' as segment,
    speaker_days_28d as numerator,
    (21 + days) * speakers_28d as denominator
from
    marts.talk_weeks
