/*
title: Participation
description: "Members by week, per group and once over all groups ('*'): the base of every rate of members."
materialized: view
columns:
  group_id: The group, or '*' with each person once.
  person_id: The person.
  week: First day of the week (local).
  segment: Lifecycle segment at the week's end.
  is_member_start: Member just before the week's start.
  is_member_end: Member just before the week's end.
  joined: A stay began this week.
  churned: Left this week and not there at its end.
  spoke: Sent a counted message.
  messages: Counted messages.
  bought: Has a valid order.
  is_newcomer: First join this week.
  observed_24h: Newcomer observed for 24 hours.
  spoke_24h: Of these, spoke within 24 hours.
  observed_7d: Newcomer observed for 7 days.
  spoke_7d: Of these, spoke within 7 days.
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
    spoke,
    messages,
    bought,
    is_newcomer,
    observed_24h,
    spoke_24h,
    observed_7d,
    spoke_7d
from
    marts.member_weeks
union all
select
    '*' as group_id,
    person_id,
    week,
    segment,
    is_member_start,
    is_member_end,
    joined,
    churned,
    spoke,
    messages,
    bought,
    is_newcomer,
    observed_24h,
    spoke_24h,
    observed_7d,
    spoke_7d
from
    marts.person_weeks
