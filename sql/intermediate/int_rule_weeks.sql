/*
title: Weeks that rules look at
description: >-
  Each group in the weeks for which suggestions are made, with as many before as their baselines need, and how many
  complete week-to-week moves the group has before each, of those that its chat log reaches back to where it has one.
  no_word is what a count of messages is where there are none: 0, or null in a week of which no message was imported.
grain: [group_id, week]
*/
with
    logs as (
        select distinct
            group_id,
            week
        from
            marts.messages
    )
select
    group_weeks.group_id,
    group_weeks.week,
    weeks.starts_at,
    weeks.ends_at,
    weeks.is_complete,
    coalesce(group_weeks.week >= groups.messages_from, false) as is_heard,
    logs.week is not null as has_log,
    coalesce(
        lag (logs.week) over until_now = group_weeks.week - 7,
        false
    ) as had_log,
    if (logs.week is null, null, 0) as no_word,
    greatest(
        0,
        count(*) filter(
            coalesce(group_weeks.week >= groups.messages_from, true)
        ) over until_now - 2
    ) as past_pairs
from
    marts.group_weeks
    inner join intermediate.int_weeks as weeks using (week)
    inner join marts.groups as groups using (group_id)
    left join logs using (group_id, week)
window
    until_now as (
        partition by
            group_weeks.group_id
        order by
            group_weeks.week
    )
qualify
    group_weeks.week > max(group_weeks.week) over () - 7 * (
        select
            rule_weeks
        from
            config.settings
    )
