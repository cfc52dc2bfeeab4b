/*
title: Weeks that rules look at
description: >-
  Each group in the weeks for which suggestions are made, with as many before as their baselines need, and how many
  complete week-to-week moves the group has before each.
grain: [group_id, week]
*/
select
    group_weeks.group_id,
    group_weeks.week,
    weeks.starts_at,
    weeks.ends_at,
    weeks.is_complete,
    greatest(
        0,
        row_number() over (
            partition by
                group_weeks.group_id
            order by
                group_weeks.week
        ) - 2
    ) as past_pairs
from
    marts.group_weeks
    inner join intermediate.int_weeks as weeks using (week)
qualify
    group_weeks.week > max(group_weeks.week) over () - 7 * (
        select
            rule_weeks
        from
            config.settings
    )
