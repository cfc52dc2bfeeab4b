/*
title: Members by week, without segment
description: Stays with what each member did in the group that week.
grain: [group_id, person_id, week]
grainCheckedBy: marts.member_weeks
*/
with
    purchases as (
        select distinct
            group_id,
            person_id,
            week
        from
            intermediate.int_buyer_orders
        where
            group_id <> '*'
    )
select
    stays.group_id,
    stays.person_id,
    stays.week,
    stays.is_member_start,
    stays.is_member_end,
    stays.joined,
    stays.has_left
    and not stays.is_member_end as churned,
    speaking.messages is not null as spoke,
    coalesce(speaking.messages, 0) as messages,
    speaking.last_message_at,
    purchases.group_id is not null as bought,
    newcomers.group_id is not null as is_newcomer,
    coalesce(newcomers.observed_24h, false) as observed_24h,
    coalesce(
        newcomers.observed_24h
        and newcomers.spoke_24h,
        false
    ) as spoke_24h,
    coalesce(newcomers.observed_7d, false) as observed_7d,
    coalesce(
        newcomers.observed_7d
        and newcomers.spoke_7d,
        false
    ) as spoke_7d
from
    intermediate.int_stays as stays
    left join intermediate.int_speaking_weeks as speaking using (group_id, person_id, week)
    left join purchases using (group_id, person_id, week)
    left join intermediate.int_newcomers as newcomers using (group_id, person_id, week)
