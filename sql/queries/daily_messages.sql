/*
title: Messages by day
description: >-
  Counted messages of members on each day (local) of the weeks up to the one given, days without one included, from the
  first week of the chat log on; none for a week that is not over. is_special where a holiday or shopping festival falls
  on the day.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  weeks: {type: number, default: 9}
people: []
needs: {messages: [messages]}
*/
with
    asked as (
        select
            bool_and(is_complete) as is_over
        from
            report.weeks
        where
            week = $week::date
    ),
    logs as (
        select
            min(messages_from) as messages_from
        from
            marts.groups
        where
            $group_id in ('*', group_id)
    ),
    days as (
        select
            weeks.week,
            day.n::integer as weekday,
            weeks.week + (day.n::integer - 1) as day
        from
            report.weeks as weeks
            cross join range(1, 8) as day(n)
            cross join asked
            cross join logs
        where
            asked.is_over
            and weeks.week between greatest(
                $week::date - 7 * ($weeks::integer - 1),
                logs.messages_from
            ) and $week::date
    )
select
    days.day,
    coalesce(said.messages, 0) as messages,
    exists (
        select
            1
        from
            marts.week_marks as marks
        where
            days.day between marks.from_day and marks.to_day
    ) as is_special
from
    days
    left join marts.weekdays as said on said.group_id = $group_id
    and said.week = days.week
    and said.weekday = days.weekday
order by
    days.day
