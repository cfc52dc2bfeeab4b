/*
title: {zh: 新人 7 天发言率, en: Newcomers speaking in 7 days}
description:
  zh: 本周入群且已观察满 7 天的新人中，7 天内发过言的人（M-06）。没有聊天记录的群不算。
  en: Joiners of the week observed for 7 days who spoke within them (M-06). Groups without a chat log of the week are left out.
unit: ratio
good: up
minDenominator: 20
of: {zh: 人, en: people}
observedDays: 7
needs: messages
*/
select
    group_id,
    week,
    segment,
    spoke_7d as numerator,
    heard_7d as denominator
from
    marts.segment_totals
