/*
title: From exports to KPIs
description: >-
  How many rows each step keeps and drops, for orders, members and messages. What a file's lines became before they
  were facts is known to the ledger alone: those rows are null here, and the query `waterfall` fills them in.
grain: [flow, step]
columns:
  flow: orders, members or messages.
  place: Order of the steps.
  step: Name of the step or drop.
  is_drop: Rows that the step before has and the step after has not.
  zh: What it is, in Chinese.
  en: What it is, in English.
  rows: How many; null where the ledger knows it.
  amount: Their net amount in the workspace's currency; orders only.
  samples: Up to three of the dropped rows, masked.
*/
with
    outcomes as (
        select
            'orders' as flow,
            orders.outcome,
            count(*) as rows,
            coalesce(
                sum(orders.net_amount) filter(orders.currency = settings.currency),
                0
            ) as amount,
            min(
                masked_tail (orders.order_id) || coalesce(' · ' || orders.paid_day::varchar, '') || ' · ' || orders.paid_amount::varchar,
                3
            ) as samples
        from
            marts.order_outcomes as orders
            cross join config.settings
        group by
            orders.outcome
        union all
        select
            'members',
            outcome,
            count(*),
            null,
            min(sample, 3)
        from
            intermediate.int_member_outcomes
        group by
            outcome
        union all
        select
            'messages',
            outcome,
            rows,
            null,
            samples
        from
            intermediate.int_message_outcomes
    ),
    versions as (
        select
            count(*) as versions,
            (
                select
                    count(*)
                from
                    marts.order_outcomes
            ) as orders
        from
            staging.stg_order_versions
    ),
    steps as (
        select
            flow,
            place::integer as place,
            step,
            is_drop::boolean as is_drop,
            zh,
            en
        from
            seeds.reconciliation_steps
    ),
    -- A step is everything that is not dropped before it.
    lost as (
        select
            steps.flow,
            steps.place,
            outcomes.rows,
            outcomes.amount
        from
            outcomes
            inner join steps on steps.flow = outcomes.flow
            and steps.step = outcomes.outcome
    ),
    kept as (
        select
            steps.flow,
            steps.step,
            sum(lost.rows) as rows,
            sum(lost.amount) as amount
        from
            steps
            inner join lost on lost.flow = steps.flow
            and lost.place >= steps.place
        where
            not steps.is_drop
        group by
            steps.flow,
            steps.step
    )
select
    steps.flow,
    steps.place,
    steps.step,
    steps.is_drop,
    steps.zh,
    steps.en,
    case
        when steps.place < 30 then null
        when steps.step = 'versions' then versions.versions
        when steps.step = 'older_version' then versions.versions - versions.orders
        when steps.is_drop then coalesce(outcomes.rows, 0)
        else coalesce(kept.rows, 0)
    end::bigint as rows,
    case
        when steps.flow <> 'orders'
        or steps.place < 40 then null
        when steps.is_drop then coalesce(outcomes.amount, 0)
        else coalesce(kept.amount, 0)
    end::decimal(38, 2) as amount,
    if (steps.is_drop, coalesce(outcomes.samples, []), []) as samples
from
    steps
    cross join versions
    left join kept on kept.flow = steps.flow
    and kept.step = steps.step
    left join outcomes on outcomes.flow = steps.flow
    and outcomes.outcome = steps.step
