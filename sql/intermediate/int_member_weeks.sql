/*
title: Weeks of members of several groups
description: What members of several groups, or with several stays, did in each group and week, and the week before.
grain: [group_id, person_id, week]
*/
with
    purchases as (
        select distinct
            group_id,
            person_id,
            week
        from
            intermediate.int_buyer_orders
            semi join intermediate.int_stays using (group_id, person_id)
    ),
    -- Also before the weeks of the review: who bought then is not active for the first time now.
    first_purchases as (
        select
            group_id,
            person_id,
            min(week) as week
        from
            purchases
        group by
            group_id,
            person_id
    ),
    done as (
        select
            stays.*,
            coalesce(stays.week >= groups.messages_from, false) as is_heard,
            groups.has_leavers as is_watched,
            coalesce(speaking.messages, 0) as messages,
            coalesce(speaking.organic_messages, 0) > 0 as spoke_organic,
            speaking.last_message_at,
            purchases.group_id is not null as bought,
            newcomers.group_id is not null as is_newcomer,
            coalesce(newcomers.observed_24h, false) as observed_24h,
            coalesce(
                newcomers.observed_24h
                and newcomers.spoke_24h,
                false
            ) as spoke_24h,
            coalesce(
                newcomers.observed_24h
                and newcomers.left_24h,
                false
            ) as left_24h,
            coalesce(newcomers.observed_7d, false) as observed_7d,
            coalesce(
                newcomers.observed_7d
                and newcomers.spoke_7d,
                false
            ) as spoke_7d
        from
            intermediate.int_stays as stays
            inner join marts.groups as groups using (group_id)
            left join intermediate.int_speaking_weeks as speaking using (group_id, person_id, week)
            left join purchases using (group_id, person_id, week)
            left join intermediate.int_newcomers as newcomers using (group_id, person_id, week)
    )
select
    this.*,
    before.group_id is not null as was_present,
    coalesce(before.is_heard, false) as was_heard,
    coalesce(before.is_watched, false) as was_watched,
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
            this.group_id,
            this.person_id
    )
    and coalesce(first_purchases.week >= this.week, true) as is_first_active
from
    done as this
    left join done as before on before.group_id = this.group_id
    and before.person_id = this.person_id
    and before.week = this.week - 7
    left join first_purchases on first_purchases.group_id = this.group_id
    and first_purchases.person_id = this.person_id
