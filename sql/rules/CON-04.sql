/*
title:
  zh: "价格意见集中"
  en: "Price objections"
description:
  zh: "至少 3 人嫌贵，且占抱怨的人至少三成。"
  en: "Three people or more find it too dear, and they are 30 % or more of those who complain."
severity: act
owner: 福利官
rootCause: conversion
tick: true
params:
  people_min: {default: 3, zh: "几人", en: "people"}
  share_min: {default: 0.3, zh: "占比", en: "share"}
minSample: 3
evidence:
  objectors: ["嫌贵的人", "find it dear", people]
  complainers: ["有意见的人", "people with objections", people]
  share: ["占比", "share", ratio]
rows: {query: rows_labels, params: {label: complaint}}
suggestion:
  zh: "至少 {objectors} 人嫌贵，占有意见的人 {share}。讲清贵在哪，给小份量或两三人拼的价。"
  en: "At least {objectors} find it dear, {share} of those who object. Explain the price; offer a small size or a price for two or three."
expect:
  - {input: price_objectors, direction: down, zh: "嫌贵的人", en: "price objectors"}
followUp:
  weeks: 1
  zh: "下周：嫌贵的人"
  en: "next week: price objectors"
  done: "price_objectors < $people_min"
sources: [S4-24, S4-02]
falsePositives:
  zh: "砍价玩笑；问价不等于嫌贵"
  en: "Jokes; asking the price is no objection"
*/
select
    group_id,
    week,
    price_objectors as sample,
    price_objectors as affected,
    price_objectors / objectors as gap,
    price_objectors as objectors,
    objectors as complainers,
    price_objectors / objectors as share
from
    marts.rule_inputs
where
    price_objectors >= $people_min
    and price_objectors >= $share_min * objectors
