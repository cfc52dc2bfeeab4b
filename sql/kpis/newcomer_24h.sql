/*
title: {zh: 新人 24 小时发言率, en: Newcomers speaking in 24 hours}
description:
  zh: 本周入群且已观察满 24 小时的新人中，24 小时内发过言的人（M-06）。没有聊天记录的群不算。
  en: "Joiners of the week observed for 24 hours who spoke within them (M-06). Groups without a chat log of the week are left out."
unit: ratio
good: up
minDenominator: 20
of: {zh: 人, en: people}
needs: messages
*/
select
    group_id,
    week,
    segment,
    spoke_24h as numerator,
    heard_24h as denominator
from
    marts.segment_totals
