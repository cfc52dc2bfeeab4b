/*
title:
  zh: "售后没人问"
  en: "No after-sale contact"
description:
  zh: "7 天内既没有发货通知也没有使用询问的买家占至少一半。"
  en: "Half of the buyers or more got neither a shipping note nor a question after delivery within 7 days."
severity: act
owner: 群客服
rootCause: aftersale
params:
  share_min: {default: 0.5, zh: "占比", en: "share"}
minSample: 10
needs: [orders, staff]
evidence:
  without: ["没人问的买家", "buyers without a word", people]
  buyers: ["买家", "buyers", people]
  rate: ["占比", "share", ratio]
rows: {query: rows_cases, params: {kind: aftersale}}
suggestion:
  zh: "{buyers} 位买家里 {without} 位下单后没人问过（{rate}）。发货当天 @ 一次，到手三天问一句卡在哪。"
  en: "{without} of {buyers} buyers heard nothing after their order ({rate}). Note it on shipping day and ask once within three days of delivery."
expect:
  - {kpi: repurchase_rate, direction: up}
followUp:
  weeks: 4
  zh: "4 周后看复购和退款"
  en: "repurchase and refunds in 4 weeks"
  done: "buyers_without_contact < $share_min * buyers_due"
sources: [S4-33]
falsePositives:
  zh: "平台自动通知；自提订单"
  en: "Automatic notices of the platform; pick-up orders"
*/
select
    group_id,
    week,
    buyers_due as sample,
    buyers_without_contact as affected,
    buyers_without_contact / buyers_due as gap,
    buyers_without_contact as without,
    buyers_due as buyers,
    buyers_without_contact / buyers_due as rate
from
    marts.rule_inputs
where
    buyers_without_contact >= $share_min * buyers_due
