/*
title: Calendar events with their group
description: Each event of the calendar; a group that is stated by its name stands here by its id.
grain: [row_key]
materialized: view
*/
select
    calendar.* replace(
        coalesce(names.group_id, calendar.group_id) as group_id
    )
from
    staging.stg_calendar_events as calendar
    left join intermediate.int_group_names as names on names.name = calendar.group_id
