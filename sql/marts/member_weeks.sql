/*
title: Members by group and week
description: Each member in each group and week in which a stay of theirs overlaps the week.
grain: [group_id, person_id, week]
columns:
  group_id: The group.
  person_id: The person.
  week: First day of the week (local).
  segment: The person's lifecycle segment at the week's end, over all groups.
  is_member_start: Member of the group just before the week's start.
  is_member_end: Member of the group just before the week's end.
  joined: A stay began this week.
  churned: Left this week and is not in the group at its end.
  spoke: Sent a counted message in the group this week.
  messages: Counted messages in the group this week.
  bought: Has a valid order of the group this week.
  is_newcomer: Joined the group for the first time this week (implied joins left out).
  observed_24h: Newcomer whose first 24 hours have passed at as_of.
  spoke_24h: Of these, spoke in the group within 24 hours.
  observed_7d: Newcomer whose first 7 days have passed at as_of.
  spoke_7d: Of these, spoke in the group within 7 days.
checks:
  - not (churned and is_member_end)
  - spoke = (messages > 0)
*/
select
    weeks.group_id,
    weeks.person_id,
    weeks.week,
    persons.segment,
    weeks.is_member_start,
    weeks.is_member_end,
    weeks.joined,
    weeks.churned,
    weeks.spoke,
    weeks.messages,
    weeks.bought,
    weeks.is_newcomer,
    weeks.observed_24h,
    weeks.spoke_24h,
    weeks.observed_7d,
    weeks.spoke_7d
from
    intermediate.int_member_weeks as weeks
    inner join marts.person_weeks as persons using (person_id, week)
