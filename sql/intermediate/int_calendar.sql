/*
title: Calendar events with their group
description: >-
  Each event of the calendar; a group that is stated by its name stands here by its id. Where no group has the stated name and
  it is several names (早餐群、厨房群), one of them known at least, the event is one of each.
grain: [row_key, group_id]
materialized: view
*/
with
    known as (
        select
            name,
            group_id
        from
            intermediate.int_group_names
        union all
        select
            group_id,
            group_id
        from
            marts.groups
    ),
    pieces as (
        select
            events.row_key,
            trim(
                unnest(
                    string_split_regex(events.group_id, '[、,，;；/／+＋|\n]')
                )
            ) as piece
        from
            staging.stg_calendar_events as events
            anti join known on known.name = events.group_id
    ),
    several as (
        select distinct
            pieces.row_key,
            coalesce(known.group_id, pieces.piece) as group_id,
            bool_or(known.group_id is not null) over (
                partition by
                    pieces.row_key
            ) as is_any_known
        from
            pieces
            left join known on known.name = pieces.piece
        where
            pieces.piece <> ''
    )
select
    calendar.* replace(
        coalesce(
            several.group_id,
            names.group_id,
            calendar.group_id
        ) as group_id
    )
from
    staging.stg_calendar_events as calendar
    left join intermediate.int_group_names as names on names.name = calendar.group_id
    left join several on several.row_key = calendar.row_key
    and several.is_any_known
