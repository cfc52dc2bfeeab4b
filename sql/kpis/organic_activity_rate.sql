/*
title: {zh: 自然活跃率, en: Organic activity rate}
description:
  zh: 本周在群的成员中，说过正经话的人：只回“收到”“谢谢”、表情，或红包后 5 分钟内说的不算（M-08）。没有聊天记录的群不算。
  en: "Members present who said something: mere acknowledgements, emoji, and messages within 5 minutes after a red packet do not count (M-08). Groups without a chat log of the week are left out."
unit: ratio
good: up
minDenominator: 30
of: {zh: 人, en: people}
needs: [messages, members]
variantOf: activity_rate
people:
  from: marts.participation
  numerator: spoke_organic
  denominator: is_heard
  before: {numerator: organic_before, denominator: was_heard}
*/
select
    group_id,
    week,
    segment,
    organic_speakers as numerator,
    members_heard as denominator
from
    marts.segment_totals
