/*
title: Lifecycle segments
description: Each member's segment at the end of each week, with the dates that decide it (metrics.md 4).
grain: [person_id, week]
grainCheckedBy: marts.person_weeks
*/
with
    first_joins as (
        select
            person_id,
            min(coalesce(joined_at, since_before ())) as joined_at
        from
            marts.memberships
        where
            is_member
        group by
            person_id
    ),
    purchases as (
        -- Each purchase week with the week before which it is the last one.
        select
            person_id,
            week,
            max(paid_day) as last_day,
            max(previous_day) as previous_day,
            lead (week, 1, date '9999-01-01') over (
                partition by
                    person_id
                order by
                    week
            ) as next_week
        from
            intermediate.int_purchase_days
        group by
            person_id,
            week
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
    state as (
        select
            persons.person_id,
            persons.week,
            persons.is_member_end,
            spoken.last_message_at as last_spoke_at,
            purchases.last_day,
            purchases.previous_day,
            first_joins.joined_at as first_joined_at,
            weeks.ends_at,
            (persons.week + 7)::date as end_day,
            settings.new_days,
            settings.dormant_days,
            settings.repeat_days,
            settings.active_days
        from
            intermediate.int_person_weeks as persons
            cross join config.settings
            inner join intermediate.int_weeks as weeks using (week)
            inner join first_joins using (person_id)
            left join spoken on spoken.person_id = persons.person_id
            and persons.week >= spoken.week
            and persons.week < spoken.next_week
            left join purchases on purchases.person_id = persons.person_id
            and persons.week >= purchases.week
            and persons.week < purchases.next_week
    )
select
    person_id,
    week,
    last_spoke_at,
    last_day,
    first_joined_at,
    case
        when not is_member_end then 'left'
        when first_joined_at >= ends_at - to_days(new_days) then 'new'
        when first_joined_at <= ends_at - to_days(dormant_days)
        and coalesce(
            last_spoke_at < ends_at - to_days(dormant_days),
            true
        )
        and coalesce(last_day < end_day - dormant_days, true) then 'dormant'
        when previous_day >= end_day - repeat_days then 'repeat'
        when last_spoke_at >= ends_at - to_days(active_days) then 'active'
        when last_day >= end_day - active_days then 'active'
        else 'quiet'
    end as segment
from
    state
