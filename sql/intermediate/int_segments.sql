/*
title: Segments of persons in several groups
description: Their segment at the end of each week and of the one before, with the dates that decide it (metrics.md 4).
grain: [person_id, week]
*/
with
    first_joins as (
        select distinct
            person_id,
            first_joined_local,
            first_joined_week
        from
            intermediate.int_members
        where
            not is_only
    ),
    -- Each week with purchases, or with words, and the week before which it is the last one.
    purchases as (
        select
            *,
            lead (week, 1, date '9999-01-01') over (
                partition by
                    person_id
                order by
                    week
            ) as next_week
        from
            intermediate.int_buyer_weeks
            semi join first_joins using (person_id)
    ),
    spoken as (
        select
            person_id,
            week,
            max(last_message_at) over history as last_message_at,
            lead (week, 1, date '9999-01-01') over history as next_week
        from
            intermediate.int_person_weeks
        where
            last_message_at is not null
        window
            history as (
                partition by
                    person_id
                order by
                    week
            )
    ),
    segments as (
        select
            persons.person_id,
            persons.week,
            segment_of (
                persons.is_member_end,
                persons.end_day,
                first_joins.first_joined_local,
                local_time (spoken.last_message_at),
                purchases.last_day,
                purchases.previous_day
            ) as segment,
            spoken.last_message_at,
            purchases.last_day,
            first_joins.first_joined_week
        from
            intermediate.int_person_weeks as persons
            inner join first_joins using (person_id)
            left join purchases on purchases.person_id = persons.person_id
            and persons.week >= purchases.week
            and persons.week < purchases.next_week
            left join spoken on spoken.person_id = persons.person_id
            and persons.week >= spoken.week
            and persons.week < spoken.next_week
    )
select
    this.*,
    if (before.segment <> 'left', before.segment, 'none') as previous_segment
from
    segments as this
    left join segments as before on before.person_id = this.person_id
    and before.week = this.week - 7
