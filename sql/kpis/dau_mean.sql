/*
title: {zh: 日均发言人数, en: Mean daily speakers}
description:
  zh: 一周七天每天发言的成员数的平均。
  en: "Members who spoke on a day, mean of the seven days."
unit: number
good: up
minDenominator: 0
needs: messages
*/
select
    group_id,
    week,
    '*' as segment,
    speaker_days::double as numerator,
    7 as denominator
from
    marts.talk_weeks
