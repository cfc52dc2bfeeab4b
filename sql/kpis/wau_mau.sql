/*
title: {zh: 周活占 28 天活跃, en: Weekly of 28-day speakers}
description:
  zh: 本周发言人数除以 28 天发言人数。
  en: "Speakers of the week over speakers of the 28 days to its end."
unit: ratio
good: up
minDenominator: 20
of: {zh: 人, en: people}
needs: messages
judgedBy: past
variantOf: stickiness
*/
select
    group_id,
    week,
    '*' as segment,
    speakers as numerator,
    speakers_28d as denominator
from
    marts.talk_weeks
