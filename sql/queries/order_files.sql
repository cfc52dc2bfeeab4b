/*
title: Files of orders against the KPIs
description: Lines and amounts of each file of orders, and how much of them the KPIs use.
people: []
*/
select
    imports.file_name,
    imports.importer,
    imports.read as lines,
    imports.rejected,
    coalesce(files.currency, '') as currency,
    coalesce(files.orders, 0) as orders,
    coalesce(files.paid_amount, 0)::double as paid_amount,
    coalesce(files.refunded_amount, 0)::double as refunded_amount,
    coalesce(files.newer_orders, 0) as newer_orders,
    coalesce(files.left_out_orders, 0) as left_out_orders,
    coalesce(files.left_out_amount, 0)::double as left_out_amount,
    coalesce(files.counted_orders, 0) as counted_orders,
    coalesce(files.counted_amount, 0)::double as counted_amount
from
    (
        select
            sha256,
            min(file_name) as file_name,
            min(importer) as importer,
            max(read) as read,
            max(rejected) as rejected,
            min(import_id) as import_id
        from
            report.imports
        where
            kind in ('order', 'order_line')
        group by
            sha256
    ) as imports
    left join marts.order_files as files using (sha256)
order by
    imports.import_id desc,
    files.currency
