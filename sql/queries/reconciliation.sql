/*
title: Do the KPIs agree with the files?
description: >-
  Each check counts the same thing twice, once from the rows of the files and once as the KPIs have it. A difference
  is a bug or a damaged database, never the operator's fault.
people: []
*/
with
    counted as (
        select
            flow,
            rows,
            amount
        from
            marts.reconciliation
        where
            step = 'counted'
    ),
    totals as (
        select
            coalesce(sum(numerator) filter(kpi = 'orders'), 0) as orders,
            coalesce(sum(numerator) filter(kpi = 'gmv_net'), 0) as amount,
            coalesce(sum(numerator) filter(kpi = 'messages'), 0) as messages
        from
            report.kpi_weekly
        where
            group_id = '*'
            and segment = '*'
    ),
    lines as (
        select
            coalesce(sum(read), 0) as read,
            coalesce(sum(accepted + duplicate + rejected), 0) as kept
        from
            report.imports
    ),
    checks as (
        select
            1 as place,
            'lines' as id,
            '读到的行 = 入库 + 重复 + 拒绝' as zh,
            'Lines read = accepted + duplicate + rejected' as en,
            read::double as files,
            kept::double as kpis
        from
            lines
        union all
        select
            2,
            'orders',
            '订单文件里该计入的订单 = 指标里各周订单数之和',
            'Orders of the files that count = orders of all weeks in the KPIs',
            counted.rows,
            totals.orders
        from
            counted
            cross join totals
        where
            counted.flow = 'orders'
        union all
        select
            3,
            'amount',
            '这些订单的净额 = 指标里各周净成交额之和',
            'Their net amount = net GMV of all weeks in the KPIs',
            counted.amount,
            totals.amount
        from
            counted
            cross join totals
        where
            counted.flow = 'orders'
        union all
        select
            4,
            'messages',
            '聊天文件里该计入的消息 = 指标里各周消息数之和',
            'Messages of the files that count = messages of all weeks in the KPIs',
            counted.rows,
            totals.messages
        from
            counted
            cross join totals
        where
            counted.flow = 'messages'
    )
select
    id,
    zh,
    en,
    files,
    kpis,
    round(files - kpis, 2) as difference,
    abs(files - kpis) < 0.005 as is_ok
from
    checks
order by
    place
