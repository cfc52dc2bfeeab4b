/*
title: Files of orders against the KPIs
description: What each imported file states, and how much of it the KPIs use; one row per file and currency.
grain: [sha256, currency]
columns:
  sha256: The file's content.
  currency: Currency of the amounts.
  orders: Orders that the file states, paid or not.
  paid_amount: What they paid, as the file states it.
  refunded_amount: What was paid back, as the file states it.
  newer_orders: Of these orders, those of which another file states a version that counts instead.
  left_out_orders: In the version that counts, and left out by the KPIs (order_outcomes says why).
  left_out_amount: Their net amount.
  counted_orders: In the version that counts, and in the KPIs.
  counted_amount: Their net amount as the KPIs have it.
checks:
  - orders = newer_orders + left_out_orders + counted_orders
*/
select
    files.sha256,
    versions.currency,
    count(*) as orders,
    sum(versions.amount) as paid_amount,
    sum(versions.refunded) as refunded_amount,
    count(*) filter(outcomes.version_key is null) as newer_orders,
    count(*) filter(outcomes.outcome <> 'counted') as left_out_orders,
    coalesce(
        sum(outcomes.net_amount) filter(outcomes.outcome <> 'counted'),
        0
    ) as left_out_amount,
    count(*) filter(outcomes.outcome = 'counted') as counted_orders,
    coalesce(
        sum(outcomes.net_amount) filter(outcomes.outcome = 'counted'),
        0
    ) as counted_amount
from
    staging.stg_order_files as files
    inner join staging.stg_order_versions as versions using (row_key)
    left join marts.order_outcomes as outcomes on outcomes.version_key = files.row_key
group by
    files.sha256,
    versions.currency
