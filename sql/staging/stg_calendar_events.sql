/*
title: Calendar events
description: Campaigns and other events in UTC, planned ones of the future included. Of one event stated twice the fuller row counts. Without a group, or of 全部群, it is for all.
grain: [row_key]
*/
select
    calendar_events.row_key,
    utc_time (
        calendar_events.starts_at,
        calendar_events.starts_at_is_utc
    ) as starts_at,
    utc_time (
        calendar_events.ends_at,
        calendar_events.ends_at_is_utc
    ) as ends_at,
    calendar_events.type,
    calendar_events.title,
    stated_group (calendar_events.group_id) as group_id,
    calendar_events.product,
    calendar_events.planned_quantity,
    calendar_events.note
from
    lake.calendar_events
qualify
    row_number() over (
        partition by
            calendar_events.starts_at,
            calendar_events.type,
            calendar_events.title,
            stated_group (calendar_events.group_id)
        order by
            calendar_events.planned_quantity desc nulls last,
            calendar_events.ends_at desc nulls last,
            calendar_events.product desc nulls last,
            calendar_events.note desc nulls last,
            calendar_events.row_key
    ) = 1
