/*
title: Weeks that a chat log seems to lack
description: >-
  Groups that said something in each of four weeks, twenty messages a week or more, and then nothing: most likely an
  export was forgotten. From that week on until the log goes on. Also the last week of a log that has nothing in its last
  three days though the group was never silent for two: the export was made too early. Only weeks that are over.
grain: [group_id, week]
columns:
  group_id: The group.
  week: First day of the local week.
  nth: Which week of the gap it is, from 1 on.
  is_missing: The log has nothing of the week; else it ends before the week does.
  silent_from: The week's last message, else its start (UTC).
*/
with
    said as (
        select
            group_id,
            week,
            sum(messages) as messages,
            max(last_counted_at) as last_at
        from
            intermediate.int_speaking_days
        group by
            group_id,
            week
    ),
    heard as (
        select
            counts.group_id,
            counts.week,
            weeks.is_complete,
            coalesce(said.last_at, weeks.starts_at) as silent_from,
            coalesce(said.messages, 0) as messages,
            date_sub('day', said.last_at, weeks.ends_at) as days_silent
        from
            marts.group_weeks as counts
            inner join intermediate.int_weeks as weeks using (week)
            left join said using (group_id, week)
    ),
    weekly as (
        select
            *,
            count(*) over before = 4
            and min(messages) over before > 0
            and avg(messages) over before >= 20 as is_usual,
            max(days_silent) over before as usual_silence,
            count(*) filter(messages > 0) over upto as heard,
            count(*) filter(messages > 0) over ever as heard_ever
        from
            heard
        window
            before as (
                partition by
                    group_id
                order by
                    week rows between 4 preceding
                    and 1 preceding
            ),
            upto as (
                partition by
                    group_id
                order by
                    week rows unbounded preceding
            ),
            ever as (
                partition by
                    group_id
            )
    ),
    -- The silent weeks between two weeks with messages are one silence.
    silences as (
        select
            *,
            bool_or(is_usual) over one_silence as is_sudden,
            row_number() over (
                partition by
                    group_id,
                    heard
                order by
                    week
            ) as nth
        from
            weekly
        where
            messages = 0
        window
            one_silence as (
                partition by
                    group_id,
                    heard
            )
    )
select
    group_id,
    week,
    nth::integer as nth,
    true as is_missing,
    silent_from
from
    silences
where
    is_sudden
    and is_complete
union all
select
    group_id,
    week,
    1,
    false,
    silent_from
from
    weekly
where
    is_usual
    and is_complete
    and messages > 0
    and days_silent >= 3
    and usual_silence < 2
    and heard = heard_ever
