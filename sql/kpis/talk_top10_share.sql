/*
title: {zh: 前一成发言者占比, en: Share of the top tenth}
description:
  zh: 发言最多的 10% 的人的消息占比。
  en: "Share of messages that the tenth of speakers who sent most sent."
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
    top10_share as numerator,
    null::bigint as denominator
from
    marts.talk_weeks
