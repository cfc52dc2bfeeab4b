/*
title: {zh: 老成员活跃率, en: Activity of established members}
description:
  zh: 本周和上周都全程在群的成员中，本周发过言的人。不受拉新和退群影响。没有聊天记录的群不算。
  en: "Of the members who were there for the whole of this week and the last, those who spoke. Recruiting and leaving do not move it. Groups without a chat log of the week are left out."
unit: ratio
good: up
minDenominator: 30
of: {zh: 人, en: people}
needs: [messages, members]
variantOf: activity_rate
*/
select
    group_id,
    week,
    segment,
    speakers_established as numerator,
    established_heard as denominator
from
    marts.segment_totals
