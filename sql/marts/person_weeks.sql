/*
title: Persons by week
description: Each member over all groups, once per week, with the lifecycle segment at the week's end (metrics.md 4).
grain: [person_id, week]
columns:
  person_id: The person.
  week: First day of the week (local).
  segment: new, dormant, repeat, active, quiet, or left when in no group at the week's end.
  previous_segment: Segment at the end of the week before; none before joining or after an absence.
  groups: Groups in which the person was present this week.
  is_member_start: Member of any group just before the week's start.
  is_member_end: Member of any group just before the week's end.
  joined: Joined any group this week.
  churned: Left this week and is in no group at its end.
  spoke: Sent a counted message in any group this week.
  messages: Counted messages in all groups this week.
  bought: Has a valid order in any group this week.
  is_newcomer: Joined a group for the first time this week.
  observed_24h: Newcomer whose first 24 hours have passed at as_of.
  spoke_24h: Of these, spoke within 24 hours.
  observed_7d: Newcomer whose first 7 days have passed at as_of.
  spoke_7d: Of these, spoke within 7 days.
  last_message_at: Last counted message to the week's end (UTC).
  last_order_day: Last purchase day to the week's end (local).
  first_joined_at: First join of any group (UTC); null = before the data.
checks:
  - segment in ('new', 'dormant', 'repeat', 'active', 'quiet', 'left')
  - is_member_end = (segment <> 'left')
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
    persons as (
        select
            person_id,
            week,
            count(*) as groups,
            bool_or(is_member_start) as is_member_start,
            bool_or(is_member_end) as is_member_end,
            bool_or(joined) as joined,
            bool_or(churned) as churned,
            bool_or(spoke) as spoke,
            sum(messages)::bigint as messages,
            bool_or(bought) as bought,
            bool_or(is_newcomer) as is_newcomer,
            bool_or(observed_24h) as observed_24h,
            bool_or(spoke_24h) as spoke_24h,
            bool_or(observed_7d) as observed_7d,
            bool_or(spoke_7d) as spoke_7d,
            max(last_message_at) as last_message_at
        from
            intermediate.int_member_weeks
        group by
            person_id,
            week
    ),
    purchases as (
        select
            person_id,
            week,
            max(paid_day) as last_day,
            max(previous_day) as previous_day
        from
            intermediate.int_purchase_days
        group by
            person_id,
            week
    ),
    earlier as (
        -- What a person did before the first week of the spine, or in weeks of absence.
        select
            persons.person_id,
            persons.week,
            purchases.last_day,
            purchases.previous_day
        from
            persons
            asof inner join purchases on purchases.person_id = persons.person_id
            and purchases.week <= persons.week
    ),
    state as (
        select
            persons.*,
            max(persons.last_message_at) over (
                partition by
                    persons.person_id
                order by
                    persons.week rows unbounded preceding
            ) as last_spoke_at,
            earlier.last_day,
            earlier.previous_day,
            first_joins.joined_at as first_joined_at,
            weeks.ends_at,
            (persons.week + 7)::date as end_day,
            settings.new_days,
            settings.dormant_days,
            settings.repeat_days,
            settings.active_days
        from
            persons
            cross join config.settings
            inner join intermediate.int_weeks as weeks using (week)
            inner join first_joins using (person_id)
            left join earlier on earlier.person_id = persons.person_id
            and earlier.week = persons.week
    ),
    segmented as (
        select
            *,
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
    )
select
    person_id,
    week,
    segment,
    case
        when lag (week) over history = week - 7
        and lag (segment) over history <> 'left' then lag (segment) over history
        else 'none'
    end as previous_segment,
    groups,
    is_member_start,
    is_member_end,
    joined,
    churned
    and not is_member_end as churned,
    spoke,
    messages,
    bought,
    is_newcomer,
    observed_24h,
    spoke_24h,
    observed_7d,
    spoke_7d,
    last_spoke_at as last_message_at,
    last_day as last_order_day,
    nullif(first_joined_at, since_before ()) as first_joined_at
from
    segmented
window
    history as (
        partition by
            person_id
        order by
            week
    )
