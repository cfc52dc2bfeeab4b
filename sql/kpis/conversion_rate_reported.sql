/*
title: {zh: 转化率（周末时）, en: Conversion rate as reported}
description:
  zh: 本周在群的成员中，本周结束那一刻有有效订单的人。
  en: "Members present in the week with a valid order as known when it ended, of members present."
unit: ratio
good: up
minDenominator: 30
of: {zh: 人, en: people}
needs: [orders, buyers, members]
variantOf: conversion_rate
asReported: true
*/
select
    group_id,
    week,
    '*' as segment,
    present_buyers as numerator,
    members_present as denominator
from
    marts.reported_weeks
