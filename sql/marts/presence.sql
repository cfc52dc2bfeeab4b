/*
title: Presence
description: >-
  Members by week, stored once: a row per group, and one more over all groups for whoever was in several. Read marts.member_weeks, person_weeks or participation instead, which are views of it.
grain: [group_id, person_id, week]
checks:
  - segment in ('new', 'dormant', 'repeat', 'active', 'quiet', 'left')
  - not in_total or is_member_end = (segment <> 'left')
  - not (churned and is_member_end)
columns:
  group_id: The group, or '*' for a person of several groups counted once.
  person_id: The person.
  week: First day of the week (local).
  in_group: "A row of the group: one of those that group figures count."
  in_total: "The person's one row of the week: one of those that figures over all groups count."
  segment: Lifecycle segment at the week's end, over all groups; left when in no group at its end (metrics.md 4).
  previous_segment: Segment at the end of the week before; none before joining or after an absence.
  groups: Groups in which the person was present this week, where in_total.
  is_member_start: Member just before the week's start.
  is_member_end: Member just before the week's end.
  joined: A stay began this week.
  churned: Left this week and is not there at its end.
  is_established: Member for the whole of this week and of the one before.
  spoke: Sent a counted message.
  messages: Counted messages.
  spoke_organic: Sent one that is neither a mere acknowledgement nor right after a red packet.
  bought: Has a valid order.
  is_newcomer: Joined for the first time this week (implied joins left out).
  observed_24h: Newcomer whose first 24 hours have passed at as_of.
  spoke_24h: Of these, spoke within 24 hours.
  left_24h: Of these, left within 24 hours.
  observed_7d: Newcomer whose first 7 days have passed at as_of.
  spoke_7d: Of these, spoke within 7 days.
  is_heard: In a group whose chat log reaches back to this week, so that silence is known.
  was_heard: The same of the week before.
  is_watched: In a group whose sources can show who left.
  was_watched: The same of the week before.
  was_present: Was present in the week before.
  messages_before: Counted messages of the week before.
  organic_before: Spoke so in the week before.
  bought_before: Had a valid order in the week before.
  is_first_active: Spoke or bought, for the first time ever.
  last_message_at: Last counted message to the week's end (UTC).
  last_order_day: Last purchase day to the week's end (local).
  first_joined_at: First join of any group (UTC); null = before the data.
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
    spoke_24h,
    left_24h,
    observed_7d,
    spoke_7d,
    is_heard,
    was_heard,
    is_watched,
    was_watched,
    was_present,
    messages_before,
    organic_before,
    bought_before,
    is_first_active,
    last_message_at,
    last_day as last_order_day,
    nullif(first_joined_at, since_before ()) as first_joined_at
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
    members.spoke_24h,
    members.left_24h,
    members.observed_7d,
    members.spoke_7d,
    members.is_heard,
    members.was_heard,
    members.is_watched,
    members.was_watched,
    members.was_present,
    members.messages_before,
    members.organic_before,
    members.bought_before,
    members.is_first_active,
    segments.last_message_at,
    segments.last_day,
    nullif(segments.first_joined_at, since_before ())
from
    intermediate.int_member_weeks as members
    inner join intermediate.int_segments as segments using (person_id, week)
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
    persons.was_present,
    persons.messages_before,
    persons.organic_before,
    persons.bought_before,
    persons.is_first_active,
    segments.last_message_at,
    segments.last_day,
    nullif(segments.first_joined_at, since_before ())
from
    intermediate.int_person_weeks as persons
    inner join intermediate.int_segments as segments using (person_id, week)
