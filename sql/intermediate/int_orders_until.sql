/*
title: Until when orders are known
description: >-
  The last order, or the last export of orders that says its time; as_of at most. Of what came later nobody knows whether
  it was bought. One row, null without orders.
grain: [until_at]
*/
select
    least(
        settings.as_of,
        greatest(
            (
                select
                    max(paid_at)
                from
                    marts.orders
            ),
            (
                select
                    max(known_at)
                from
                    staging.stg_order_versions
            )
        )
    ) as until_at
from
    config.settings
