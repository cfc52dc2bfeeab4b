/*
title: Newcomers
description: >-
  Joiners (first stay, not implied) with how soon they spoke and whether they left at once, as far as as_of has
  observed it.
grain: [group_id, person_id]
*/
with
    joiners as (
        select
            group_id,
            person_id,
            joined_at,
            left_at,
            local_time (joined_at)::date as joined_day
        from
            marts.memberships
        where
            is_member
            and nth = 1
            and join_evidence <> 'implied'
            and joined_at is not null
    ),
    first_days as (
        select
            joiners.group_id,
            joiners.person_id,
            days.first_counted_at,
            days.first_counted_at < joiners.joined_at as is_split,
            joiners.joined_at
        from
            intermediate.int_speaking_days as days
            inner join joiners on joiners.group_id = days.group_id
            and joiners.person_id = days.person_id
            and days.day between joiners.joined_day and joiners.joined_day + 8
            and days.last_counted_at >= joiners.joined_at
    ),
    first_words as (
        select
            group_id,
            person_id,
            min(first_counted_at) as spoke_at
        from
            first_days
        where
            not is_split
        group by
            group_id,
            person_id
        union all
        -- Someone who spoke on the day of joining, before and after it: the message decides.
        select
            messages.group_id,
            messages.person_id,
            min(messages.sent_at)
        from
            intermediate.int_messages as messages
            inner join (
                from
                    first_days
                where
                    is_split
            ) as split on split.group_id = messages.group_id
            and split.person_id = messages.person_id
            and messages.sent_at >= split.joined_at
        where
            messages.is_counted
        group by
            messages.group_id,
            messages.person_id
    ),
    spoke as (
        select
            group_id,
            person_id,
            min(spoke_at) as spoke_at
        from
            first_words
        group by
            group_id,
            person_id
    )
select
    joiners.group_id,
    joiners.person_id,
    week_of (local_time (joiners.joined_at)) as week,
    joiners.joined_at,
    spoke.spoke_at,
    joiners.joined_at + interval 24 hour <= settings.as_of as observed_24h,
    joiners.joined_at + interval 7 day <= settings.as_of as observed_7d,
    coalesce(
        spoke.spoke_at < joiners.joined_at + interval 24 hour,
        false
    ) as spoke_24h,
    coalesce(
        spoke.spoke_at < joiners.joined_at + interval 7 day,
        false
    ) as spoke_7d,
    coalesce(
        joiners.left_at < joiners.joined_at + interval 24 hour,
        false
    ) as left_24h
from
    joiners
    cross join config.settings
    left join spoke using (group_id, person_id)
