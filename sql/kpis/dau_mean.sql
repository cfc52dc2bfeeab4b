/*
title: {zh: 日均发言人数, en: Mean daily speakers}
description:
  zh: 一周七天每天发言的成员数的平均；没过完的一周只算已经开始的天。
  en: "Members who spoke on a day, mean of the seven days; of a week that is not over, of the days that have begun."
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
    days as denominator
from
    marts.talk_weeks
