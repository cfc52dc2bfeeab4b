/*
title: When refunds became known
description: >-
  Every refund that an export of orders or an after-sale list states, with the moment from which it counts (UTC): when
  the money went back, else when the export was made. What the first export of an order states without a date was there
  from the start.
grain: [source_key]
*/
with
    versions as (
        select
            row_key,
            shop_id,
            order_id,
            refunded,
            utc_time (refunded_at, refunded_at_is_utc) as refunded_at,
            utc_time (as_of, as_of_is_utc) as known_at,
            row_number() over (
                partition by
                    shop_id,
                    order_id
                order by
                    as_of nulls first,
                    row_key
            ) = 1 as is_first
        from
            stated_orders ()
    ),
    -- Exports that overlap list a refund again (as stg_refunds tells one from another): it was known from the first.
    refunds as (
        select
            *
        from
            (
                select
                    *,
                    greatest(
                        coalesce(
                            utc_time (refunded_at, refunded_at_is_utc),
                            since_before ()
                        ),
                        coalesce(utc_time (as_of, as_of_is_utc), since_before ())
                    ) as known_at
                from
                    lake.refunds
                where
                    state = 'refunded'
                    and amount > 0
            )
        qualify
            row_number() over (
                partition by
                    shop_id,
                    order_id,
                    document,
                    refund_id,
                    if (
                        refund_id is null
                        or document in ('settlement', 'funds'),
                        row(refunded_at, amount),
                        null
                    )
                order by
                    known_at,
                    row_key
            ) = 1
    )
select
    'order ' || row_key as source_key,
    shop_id,
    order_id,
    'order' as document,
    refunded as amount,
    coalesce(
        refunded_at,
        if (is_first, null, known_at),
        since_before ()
    ) as known_at
from
    versions
where
    refunded > 0
union all
select
    'refund ' || row_key,
    shop_id,
    order_id,
    'refund ' || document,
    amount,
    known_at
from
    refunds
