/*
title: {zh: 净成交额（周末时）, en: Net GMV as reported}
description:
  zh: 本周结束那一刻的实付减退款；之后的退款不算进来。
  en: "Paid minus refunded as known when the week ended."
unit: money
good: up
minDenominator: 0
needs: [orders, buyers]
variantOf: gmv_net
asReported: true
*/
select
    group_id,
    week,
    '*' as segment,
    net_amount::double as numerator,
    null::bigint as denominator
from
    marts.reported_weeks
