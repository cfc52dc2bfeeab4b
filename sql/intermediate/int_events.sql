/*
title: Events of the calendar by group
description: Each event that began before as_of in each group that it was for; one without an end runs for two hours.
grain: [row_key, group_id]
*/
select
    calendar.row_key,
    groups.group_id,
    week_of (local_time (calendar.starts_at)) as week,
    calendar.type,
    calendar.title,
    calendar.product,
    calendar.starts_at,
    coalesce(
        calendar.ends_at,
        calendar.starts_at + interval 2 hour
    ) as ends_at
from
    intermediate.int_calendar as calendar
    inner join marts.groups as groups on groups.group_id = calendar.group_id
    or calendar.group_id is null
    cross join config.settings
where
    calendar.starts_at < settings.as_of
