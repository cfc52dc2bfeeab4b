/*
title: {zh: 粘性, en: Stickiness}
description:
  zh: 日均发言人数除以周发言人数：发言的人平均每天有多大比例在说话。
  en: "Mean daily speakers over weekly speakers."
unit: ratio
good: up
minDenominator: 20
needs: messages
*/
select
    group_id,
    week,
    '*' as segment,
    speaker_days as numerator,
    days * speakers as denominator
from
    marts.talk_weeks
