/*
title: Members by group and week
description: >-
  Each member in each group and week in which a stay of theirs overlaps the week.
materialized: view
columns:
  group_id: The group, or '*' for a person of several groups counted once.
  person_id: The person.
  week: First day of the week (local).
  segment: Lifecycle segment at the week's end (of a week that is not over, at the end of as_of's day), over all groups; left when in no group at its end (metrics.md 4).
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
  spoke_24h: Of heard_24h, spoke within 24 hours.
  left_24h: Of watched_24h, left within 24 hours.
  observed_7d: Newcomer whose first 7 days have passed at as_of.
  spoke_7d: Of heard_7d, spoke within 7 days.
  is_heard: In a group whose chat log reaches back to this week, so that silence is known.
  was_heard: The same of the week before.
  is_watched: In a group whose sources can show who left.
  was_watched: The same of the week before.
  heard_24h: Newcomer observed for 24 hours in a group whose chat log reaches back to this week.
  watched_24h: Newcomer observed for 24 hours in a group whose sources can show who left.
  heard_7d: Newcomer observed for 7 days in a group whose chat log reaches back to this week.
  is_end_heard: Member just before the week's end of a group whose chat log reaches back to this week.
  was_end_heard: The same of the week before.
  is_established_heard: Member for the whole of this week and of the one before of a group whose chat log reaches back to this week.
  was_present: Was present in the week before.
  messages_before: Counted messages of the week before.
  organic_before: Spoke so in the week before.
  bought_before: Had a valid order in the week before.
  is_first_active: Spoke or bought, for the first time ever.
*/
select
    group_id,
    person_id,
    week,
    segment,
    is_member_start,
    is_member_end,
    joined,
    churned,
    is_established,
    spoke,
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
    heard_24h,
    watched_24h,
    heard_7d,
    is_end_heard,
    was_end_heard,
    is_established_heard,
    was_present,
    messages_before,
    organic_before,
    bought_before,
    is_first_active
from
    marts.presence
where
    in_group
