/*
title: Presence
description: >-
  Members by week, stored once: a row per group, and one more over all groups for whoever was in several. Read marts.member_weeks, person_weeks or participation instead, which are views of it.
grain: [group_id, person_id, week]
checks:
  - segment in ('new', 'dormant', 'repeat', 'active', 'quiet', 'left')
  - not in_total or is_member_end = (segment <> 'left')
  - not (churned and is_member_end)
parts: intermediate.int_week_parts
columns:
  group_id: The group, or '*' for a person of several groups counted once.
  person_id: The person.
  week: First day of the week (local).
  in_group: "A row of the group: one of those that group figures count."
  in_total: "The person's one row of the week: one of those that figures over all groups count."
  segment: Lifecycle segment at the week's end (of a week that is not over, at the end of as_of's day), over all groups; left when in no group at its end (metrics.md 4).
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
  last_message_at: Last counted message to the week's end (UTC).
  last_order_day: Last purchase day to the week's end (local).
  first_joined_week: First day of the local week of the first join of any group; null = before the data.
*/
select
    *
from
    intermediate.int_presence
