/*
title: Weeks that rules look at
description: >-
  Each group in the weeks for which suggestions are made, with as many before as their baselines need, and how many
  complete week-to-week moves the group has before each, of those that its chat log reaches back to where it has one.
  no_word is what a count of messages is where there are none: 0, or null in a week of which no message was imported.
  is_deaf: the log seems to lack one of the weeks by which somebody is dormant.
grain: [group_id, week]
*/
with
    logs as (
        select distinct
            group_id,
            week
        from
            marts.messages
    ),
    -- Who did not speak in thirty days is not known while one of them is in a gap of the log.
    deaf as (
        select distinct
            group_id,
            unnest([week, week + 7, week + 14, week + 21, week + 28])::date as week
        from
            marts.log_gaps
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
    deaf.week is not null as is_deaf,
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
    left join deaf using (group_id, week)
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
