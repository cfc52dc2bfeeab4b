/*
title: {zh: 满意度, en: Satisfaction}
description:
  zh: 本周问卷里关于满意度的回答中，5 分制 4 分和 5 分的份额（M-11）。没有问卷的周没有数，不用别的数代替。
  en: "Answers of 4 or 5 out of 5 among the week's answers to questions about satisfaction (M-11). A week without a survey has no figure and no stand-in."
unit: ratio
good: up
minDenominator: 10
of: {zh: 份回答, en: answers}
*/
select
    group_id,
    week,
    '*' as segment,
    satisfied as numerator,
    answers as denominator
from
    marts.satisfaction_weeks
where
    answers > 0
