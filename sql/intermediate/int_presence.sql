/*
title: Weeks of all members
description: A row per member, group and week, and one more over all groups for whoever was in several; while a span of weeks is made (int_week_parts), those of the span.
grain: [group_id, person_id, week]
grainCheckedBy: marts.presence
materialized: view
*/
select
    group_id,
    person_id,
    week,
    true as in_group,
    true as in_total,
    segment,
    previous_segment,
    1 as groups,
    is_member_start,
    is_member_end,
    joined,
    churned,
    is_established,
    messages > 0 as spoke,
    messages,
    spoke_organic,
    bought,
    is_newcomer,
    observed_24h,
    spoke_24h
    and is_heard as spoke_24h,
    left_24h
    and is_watched as left_24h,
    observed_7d,
    spoke_7d
    and is_heard as spoke_7d,
    is_heard,
    was_heard,
    is_watched,
    was_watched,
    observed_24h
    and is_heard as heard_24h,
    observed_24h
    and is_watched as watched_24h,
    observed_7d
    and is_heard as heard_7d,
    is_member_end
    and is_heard as is_end_heard,
    is_member_start
    and was_heard as was_end_heard,
    is_established
    and is_heard as is_established_heard,
    was_present,
    messages_before,
    organic_before,
    bought_before,
    is_first_active,
    last_message_at,
    last_day as last_order_day,
    first_joined_week
from
    intermediate.int_single_weeks
union all
select
    members.group_id,
    members.person_id,
    members.week,
    true,
    false,
    segments.segment,
    segments.previous_segment,
    null,
    members.is_member_start,
    members.is_member_end,
    members.joined,
    not members.is_member_end,
    members.is_established
    and members.was_present,
    members.messages > 0,
    members.messages,
    members.spoke_organic,
    members.bought,
    members.is_newcomer,
    members.observed_24h,
    members.spoke_24h
    and members.is_heard,
    members.left_24h
    and members.is_watched,
    members.observed_7d,
    members.spoke_7d
    and members.is_heard,
    members.is_heard,
    members.was_heard,
    members.is_watched,
    members.was_watched,
    members.observed_24h
    and members.is_heard,
    members.observed_24h
    and members.is_watched,
    members.observed_7d
    and members.is_heard,
    members.is_member_end
    and members.is_heard,
    members.is_member_start
    and members.was_heard,
    members.is_established
    and members.was_present
    and members.is_heard,
    members.was_present,
    members.messages_before,
    members.organic_before,
    members.bought_before,
    members.is_first_active,
    segments.last_message_at,
    segments.last_day,
    segments.first_joined_week
from
    intermediate.int_member_weeks as members
    inner join intermediate.int_segments as segments using (person_id, week)
where
    members.week between part_since () and part_until ()
    and segments.week between part_since () and part_until ()
union all
select
    '*',
    persons.person_id,
    persons.week,
    false,
    true,
    segments.segment,
    segments.previous_segment,
    persons.groups,
    persons.is_member_start,
    persons.is_member_end,
    persons.joined,
    not persons.is_member_end,
    persons.is_established
    and persons.was_present,
    persons.messages > 0,
    persons.messages,
    persons.spoke_organic,
    persons.bought,
    persons.is_newcomer,
    persons.observed_24h,
    persons.spoke_24h,
    persons.left_24h,
    persons.observed_7d,
    persons.spoke_7d,
    persons.is_heard,
    persons.was_heard,
    persons.is_watched,
    persons.was_watched,
    persons.heard_24h,
    persons.watched_24h,
    persons.heard_7d,
    persons.is_end_heard,
    persons.was_end_heard,
    persons.is_established_heard
    and persons.was_present,
    persons.was_present,
    persons.messages_before,
    persons.organic_before,
    persons.bought_before,
    persons.is_first_active,
    segments.last_message_at,
    segments.last_day,
    segments.first_joined_week
from
    intermediate.int_person_weeks as persons
    inner join intermediate.int_segments as segments using (person_id, week)
where
    persons.week between part_since () and part_until ()
    and segments.week between part_since () and part_until ()
