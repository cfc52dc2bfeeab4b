/*
title: Weeks of members of one group
description: >-
  Each week of everyone with one stay in one group, laid out from their spells; while a span of weeks is made
  (int_week_parts), those of the span.
grain: [person_id, week]
grainCheckedBy: marts.presence
materialized: view
*/
with
    spells as (
        select
            spells.*,
            members.group_id,
            members.from_week,
            members.join_week,
            members.left_week,
            members.joined_local,
            members.first_joined_local,
            members.first_joined_week,
            groups.messages_from,
            groups.has_leavers as is_watched,
            local_time (spells.last_message_at) as last_message_local,
            local_time (spells.before_message_at) as before_message_local,
            coalesce(newcomers.week = members.join_week, false) as came_new,
            newcomers.observed_24h,
            newcomers.spoke_24h,
            newcomers.left_24h,
            newcomers.observed_7d,
            newcomers.spoke_7d,
            greatest(spells.week, members.from_week, part_since ()) as first_week,
            least(
                spells.next_week - 7,
                members.to_week,
                part_until ()
            ) as last_week
        from
            intermediate.int_single_spells as spells
            inner join intermediate.int_members as members using (person_id)
            inner join marts.groups as groups on groups.group_id = members.group_id
            left join intermediate.int_newcomers as newcomers on newcomers.group_id = members.group_id
            and newcomers.person_id = members.person_id
        where
            members.is_only
            and spells.week <= part_until ()
            and spells.next_week > part_since ()
            and members.from_week <= part_until ()
            and members.to_week >= part_since ()
            and least(spells.next_week - 7, members.to_week) >= greatest(spells.week, members.from_week)
    ),
    laid_out as (
        select
            *,
            (
                first_week + unnest(range((last_week - first_week) // 7 + 1))::integer * 7
            )::date as this_week
        from
            spells
    ),
    placed as (
        select
            *,
            this_week = week as is_first,
            this_week = week + 7 as is_second,
            this_week > from_week as was_present,
            this_week = join_week as joined_now,
            left_week is null
            or left_week > this_week as is_member_end,
            -- Of a week that is not over, the end of the day of as_of: nobody is silent in days to come.
            least(this_week + 7, days.until_day) as end_day
        from
            laid_out
            cross join (
                select
                    day_after (as_of) as until_day
                from
                    config.settings
            ) as days
    )
select
    placed.group_id,
    placed.person_id,
    placed.this_week as week,
    segment_of (
        placed.is_member_end,
        placed.end_day,
        placed.first_joined_local,
        placed.last_message_local,
        placed.last_day,
        placed.previous_day
    ) as segment,
    if (
        placed.was_present,
        segment_of (
            true,
            placed.this_week,
            placed.first_joined_local,
            if (
                placed.is_first,
                placed.before_message_local,
                placed.last_message_local
            ),
            if (
                placed.is_first,
                placed.before_day,
                placed.last_day
            ),
            if (
                placed.is_first,
                placed.before_previous_day,
                placed.previous_day
            )
        ),
        'none'
    ) as previous_segment,
    not coalesce(placed.joined_now, false) as is_member_start,
    placed.is_member_end,
    coalesce(placed.joined_now, false) as joined,
    not placed.is_member_end as churned,
    placed.was_present
    and placed.is_member_end
    and coalesce(
        placed.joined_local <= (placed.this_week - 7)::timestamp,
        true
    ) as is_established,
    if (placed.is_first, placed.messages, 0) as messages,
    placed.is_first
    and placed.spoke_organic as spoke_organic,
    placed.is_first
    and placed.bought as bought,
    coalesce(placed.joined_now, false)
    and placed.came_new as is_newcomer,
    coalesce(
        placed.joined_now
        and placed.came_new
        and placed.observed_24h,
        false
    ) as observed_24h,
    coalesce(
        placed.joined_now
        and placed.came_new
        and placed.observed_24h
        and placed.spoke_24h,
        false
    ) as spoke_24h,
    coalesce(
        placed.joined_now
        and placed.came_new
        and placed.observed_24h
        and placed.left_24h,
        false
    ) as left_24h,
    coalesce(
        placed.joined_now
        and placed.came_new
        and placed.observed_7d,
        false
    ) as observed_7d,
    coalesce(
        placed.joined_now
        and placed.came_new
        and placed.observed_7d
        and placed.spoke_7d,
        false
    ) as spoke_7d,
    coalesce(placed.this_week >= placed.messages_from, false) as is_heard,
    placed.was_present
    and coalesce(
        placed.this_week - 7 >= placed.messages_from,
        false
    ) as was_heard,
    placed.is_watched,
    placed.was_present
    and placed.is_watched as was_watched,
    placed.was_present,
    case
        when not placed.was_present then 0
        when placed.is_second then placed.messages
        when placed.is_first
        and placed.lag_week = placed.this_week - 7 then placed.lag_messages
        else 0
    end as messages_before,
    placed.was_present
    and (
        placed.is_second
        and placed.spoke_organic
        or coalesce(
            placed.is_first
            and placed.lag_week = placed.this_week - 7
            and placed.lag_organic,
            false
        )
    ) as organic_before,
    placed.was_present
    and (
        placed.is_second
        and placed.bought
        or coalesce(
            placed.is_first
            and placed.lag_week = placed.this_week - 7
            and placed.lag_bought,
            false
        )
    ) as bought_before,
    placed.is_first
    and (
        placed.messages > 0
        or placed.bought
    )
    and placed.before_message_at is null
    and placed.before_day is null as is_first_active,
    placed.last_message_at,
    placed.last_day,
    placed.first_joined_week
from
    placed
