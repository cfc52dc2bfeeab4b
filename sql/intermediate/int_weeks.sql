/*
title: Weeks
description: >-
  The weeks of the review, from the first message (else the first order, else the first join) to the week of as_of.
  Orders older than every chat log still count as earlier purchases.
grain: [week]
*/
with
    first_seen as (
        select
            coalesce(
                (
                    select
                        min(sent_at)
                    from
                        staging.stg_messages
                ),
                (
                    select
                        min(paid_at)
                    from
                        staging.stg_orders
                ),
                (
                    select
                        min(coalesce(joined_at, snapshot_at))
                    from
                        staging.stg_member_lists
                ),
                (
                    select
                        min(event_at)
                    from
                        staging.stg_member_events
                )
            ) as first_at
    ),
    span as (
        select
            week_of (
                local_time (settings.as_of - interval 1 microsecond)
            ) as last_week,
            greatest(
                week_of (
                    local_time (
                        least(first_at, settings.as_of - interval 1 microsecond)
                    )
                ),
                (
                    week_of (
                        local_time (settings.as_of - interval 1 microsecond)
                    ) - (settings.max_weeks - 1)::integer * 7
                )::date
            ) as first_week,
            settings.as_of
        from
            first_seen
            cross join config.settings
    )
select
    week,
    week_label (week) as label,
    utc_time (week::timestamp, false) as starts_at,
    utc_time ((week + 7)::timestamp, false) as ends_at,
    utc_time ((week + 7)::timestamp, false) <= as_of as is_complete,
    -- The day after the last one that is known: of a week that is not over, after the day of as_of.
    least(week + 7, day_after (as_of)) as until_day,
    (week - 7)::date as previous_week
from
    (
        select
            unnest(
                generate_series(
                    first_week::timestamp,
                    last_week::timestamp,
                    interval 7 day
                )
            )::date as week,
            as_of
        from
            span
        where
            first_week is not null
    )
