/*
title: Weeks of persons in several groups
description: >-
  Members of several groups, or with several stays, once per week over all groups, with what they did. An order of a
  group in which the buyer is not counts here, and in none of theirs.
grain: [person_id, week]
*/
with
    purchases as (
        select distinct
            person_id,
            week
        from
            intermediate.int_buyer_orders
        where
            group_id = '*'
    ),
    persons as (
        select
            person_id,
            week,
            count(*) as groups,
            bool_or(is_member_start) as is_member_start,
            bool_or(is_member_end) as is_member_end,
            bool_or(joined) as joined,
            bool_or(is_established) as is_established,
            bool_or(is_heard) as is_heard,
            bool_or(is_watched) as is_watched,
            -- In one and the same group: who is new where nobody listens is not heard for being old where somebody does.
            bool_or(
                observed_24h
                and is_heard
            ) as heard_24h,
            bool_or(
                observed_24h
                and is_watched
            ) as watched_24h,
            bool_or(
                observed_7d
                and is_heard
            ) as heard_7d,
            bool_or(
                is_member_end
                and is_heard
            ) as is_end_heard,
            bool_or(
                is_established
                and is_heard
            ) as is_established_heard,
            sum(messages)::bigint as messages,
            bool_or(spoke_organic) as spoke_organic,
            bool_or(is_newcomer) as is_newcomer,
            bool_or(observed_24h) as observed_24h,
            bool_or(
                spoke_24h
                and is_heard
            ) as spoke_24h,
            bool_or(
                left_24h
                and is_watched
            ) as left_24h,
            bool_or(observed_7d) as observed_7d,
            bool_or(
                spoke_7d
                and is_heard
            ) as spoke_7d,
            max(last_message_at) as last_message_at
        from
            intermediate.int_member_weeks
        group by
            person_id,
            week
    ),
    done as (
        select
            persons.*,
            purchases.person_id is not null as bought
        from
            persons
            left join purchases using (person_id, week)
    ),
    -- Also before the weeks of the review: who bought then is not active for the first time now.
    first_purchases as (
        select
            person_id,
            min(week) as week
        from
            intermediate.int_buyer_weeks
        group by
            person_id
    )
select
    this.*,
    -- As in int_single_weeks.
    least(this.week + 7, day_after (settings.as_of)) as end_day,
    before.person_id is not null as was_present,
    coalesce(before.is_heard, false) as was_heard,
    coalesce(before.is_watched, false) as was_watched,
    coalesce(before.is_end_heard, false) as was_end_heard,
    coalesce(before.messages, 0) as messages_before,
    coalesce(before.spoke_organic, false) as organic_before,
    coalesce(before.bought, false) as bought_before,
    (
        this.messages > 0
        or this.bought
    )
    and this.week = min(
        if (
            this.messages > 0
            or this.bought,
            this.week,
            null
        )
    ) over (
        partition by
            this.person_id
    )
    and coalesce(first_purchases.week >= this.week, true) as is_first_active
from
    done as this
    left join done as before on before.person_id = this.person_id
    and before.week = this.week - 7
    cross join config.settings
    left join first_purchases on first_purchases.person_id = this.person_id
