/*
title: {zh: 最能说的人占比, en: Share of the top talker}
description:
  zh: 发言最多的一个人的消息占成员消息的比例。
  en: "Share of the messages of members that the one who sent most sent."
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
    top1_share as numerator,
    null::bigint as denominator
from
    marts.talk_weeks
