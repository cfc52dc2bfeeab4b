/*
title: {zh: 活跃率, en: Activity rate}
description:
  zh: 本周在群的成员中，发过至少一条计数消息的人（M-01）。中途退群的人也算在群。没有聊天记录的群不算。
  en: Members present in the week who sent at least one counted message, of members present (M-01). Groups without a chat log of the week are left out.
unit: ratio
good: up
minDenominator: 30
of: {zh: 人, en: people}
needs: [messages, members]
people:
  from: marts.participation
  numerator: spoke
  denominator: is_heard
  before: {numerator: messages_before > 0, denominator: was_heard}
weekdays: {from: marts.weekdays, numerator: speakers}
*/
select
    group_id,
    week,
    segment,
    speakers as numerator,
    members_heard as denominator
from
    marts.segment_totals
