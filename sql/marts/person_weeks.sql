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
select
    this.person_id,
    this.week,
    segments.segment,
    if (before.segment <> 'left', before.segment, 'none') as previous_segment,
    this.groups,
    this.is_member_start,
    this.is_member_end,
    this.joined,
    this.churned
    and not this.is_member_end as churned,
    this.spoke,
    this.messages,
    this.bought,
    this.is_newcomer,
    this.observed_24h,
    this.spoke_24h,
    this.observed_7d,
    this.spoke_7d,
    segments.last_spoke_at as last_message_at,
    segments.last_day as last_order_day,
    nullif(segments.first_joined_at, since_before ()) as first_joined_at
from
    intermediate.int_person_weeks as this
    inner join intermediate.int_segments as segments using (person_id, week)
    left join intermediate.int_segments as before on before.person_id = this.person_id
    and before.week = this.week - 7
