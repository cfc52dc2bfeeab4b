/*
title: Refunds
description: >-
  What went back for each order, from after-sale lists and settlements, known at as_of. An after-sale list states each
  refund as it stands, the newest counts; a settlement lists payments, each of which counts once however many exports
  list it. Several documents tell of the same money, so the largest sum of one document counts.
grain: [shop_id, order_id]
*/
with
    versions as (
        select
            refunds.shop_id,
            refunds.order_id,
            refunds.document,
            refunds.state,
            refunds.amount,
            row_number() over (
                partition by
                    refunds.shop_id,
                    refunds.order_id,
                    refunds.document,
                    refunds.refund_id,
                    -- A refund without a number, and a payment, is known by its moment and amount.
                    if (
                        refunds.refund_id is null
                        or refunds.document in ('settlement', 'funds'),
                        row(refunds.refunded_at, refunds.amount),
                        null
                    )
                order by
                    refunds.as_of is null,
                    utc_time (refunds.as_of, refunds.as_of_is_utc) desc,
                    refunds.state = 'refunded' desc,
                    refunds.state = 'none' desc,
                    refunds.amount desc,
                    refunds.row_key
            ) as place
        from
            lake.refunds
            cross join config.settings
        where
            (
                refunds.as_of is null
                or utc_time (refunds.as_of, refunds.as_of_is_utc) <= settings.as_of
            )
            and (
                refunds.refunded_at is null
                or utc_time (refunds.refunded_at, refunds.refunded_at_is_utc) < settings.as_of
            )
    ),
    documents as (
        select
            shop_id,
            order_id,
            document,
            coalesce(sum(amount) filter(state = 'refunded'), 0) as refunded,
            bool_or(state = 'in_progress') as is_in_progress
        from
            versions
        where
            place = 1
        group by
            shop_id,
            order_id,
            document
    )
select
    shop_id,
    order_id,
    max(refunded) as refunded,
    bool_or(is_in_progress) as is_in_progress
from
    documents
group by
    shop_id,
    order_id
