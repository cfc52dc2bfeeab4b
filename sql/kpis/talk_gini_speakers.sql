/*
title: {zh: 发言者集中度, en: Talk concentration of speakers}
description:
  zh: 只看发言的人的基尼系数。
  en: "Gini coefficient over speakers only."
unit: number
good: down
minDenominator: 0
needs: messages
variantOf: talk_gini
*/
select
    group_id,
    week,
    '*' as segment,
    gini_speakers as numerator,
    null::bigint as denominator
from
    marts.talk_weeks
