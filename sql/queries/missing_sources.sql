/*
title: Missing sources
description: KPIs whose source was never imported; what would stand there is no figure but its absence.
people: []
*/
select
    kpi,
    title_zh,
    title_en,
    '还没有订单，导入订单后才有这个数。' as zh,
    'No orders yet: import them to see this.' as en,
    '/imports' as href
from
    report.kpis
where
    kpi in (
        'aov',
        'aov_reported',
        'buyers',
        'buyers_reported',
        'conversion_rate',
        'conversion_rate_reported',
        'gmv_net',
        'gmv_net_reported',
        'match_rate',
        'orders',
        'orders_reported',
        'purchase_days',
        'refund_rate',
        'repurchase_30d',
        'repurchase_60d',
        'repurchase_90d',
        'repurchase_cumulative',
        'repurchase_rate',
        'repurchase_rate_reported',
        'repurchase_rolling_90d',
        'value_per_buyer',
        'value_per_purchase_day'
    )
    and not exists (
        select
            1
        from
            marts.orders
    )
order by
    kpi
