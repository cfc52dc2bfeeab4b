/*
title: Figures of the platform
description: >-
  Counts that the platform itself states for a day, of one group, or of all groups of an owner, or of everything
  (neither). Kept for reconciliation, never mixed with our own. Of one figure stated twice the newest counts.
grain: [row_key]
*/
select
    group_stats.row_key,
    group_stats.group_id,
    group_stats.owner_key,
    group_stats.day,
    group_stats.name,
    group_stats.value
from
    lake.group_stats
    cross join config.settings
where
    group_stats.day <= settings.as_of::date
qualify
    row_number() over (
        partition by
            group_stats.group_id,
            group_stats.owner_key,
            group_stats.day,
            group_stats.name
        order by
            utc_time (group_stats.as_of, group_stats.as_of_is_utc) desc nulls last,
            group_stats.value desc,
            group_stats.row_key
    ) = 1
