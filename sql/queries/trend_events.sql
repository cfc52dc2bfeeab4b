/*
title: Events beside a trend
description: >-
  What happened in the weeks up to one, to be marked on a trend: holidays, shopping festivals, and what the calendar
  of the workspace says about the group (or any group).
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  weeks: {type: number, default: 12}
people: []
*/
select
    weeks.label,
    events.title_zh,
    events.title_en
from
    (
        select
            week,
            title_zh,
            title_en,
            0 as place
        from
            marts.week_marks
        union all
        select distinct
            group_actions.week,
            actions.title_zh,
            actions.title_en,
            1
        from
            marts.group_actions as group_actions
            inner join marts.actions as actions using (action)
        where
            actions.source = 'calendar'
            and group_actions.amount > 0
            and $group_id in ('*', group_actions.group_id)
    ) as events
    inner join report.weeks as weeks using (week)
where
    weeks.week > $week::date - 7 * $weeks::integer
    and weeks.week <= $week::date
order by
    weeks.week,
    events.place,
    events.title_zh
