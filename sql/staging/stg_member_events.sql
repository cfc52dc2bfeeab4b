/*
title: Notices and callbacks
description: Joins, leaves, kicks, recalls and other events of a group in UTC, known at as_of.
grain: [row_key]
*/
select
    member_events.group_id,
    member_events.row_key,
    member_events.person_key,
    member_events.event,
    utc_time (
        member_events.event_at,
        member_events.event_at_is_utc
    ) as event_at,
    member_events.actor_key,
    member_events.method,
    member_events.target_id,
    member_events.detail,
    member_events.confidence,
    member_events.source_format
from
    lake.member_events
    cross join config.settings
where
    member_events.group_id is not null
    and utc_time (
        member_events.event_at,
        member_events.event_at_is_utc
    ) < settings.as_of
