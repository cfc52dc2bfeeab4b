/*
title: Inputs of the rules
description: The counts that the rules of sql/rules judge, one row per group and week.
grain: [group_id, week]
columns:
  group_id: The group.
  week: First day of the local week.
  kind: Kind of group from fupan.yaml.
  is_complete: The week is over at as_of.
  past_pairs: Complete week-to-week moves before this week.
  age_weeks: Weeks since the group was created or first seen.
  members_start: Members just before the week's start.
  members_end: Members just before the week's end.
  members_present: Members whose stay overlaps the week.
  joins: Stays of members that began this week.
  leaves: Stays of members that ended this week.
  speakers: Members who sent a counted message.
  buyers: Members present with a valid order of the group.
  orders: Valid orders of the group.
  newcomers: Members who joined for the first time this week.
  newcomers_observed_24h: Of these, observed for 24 hours.
  newcomers_spoke_24h: Of these, spoke within 24 hours.
  newcomers_observed_7d: Newcomers observed for 7 days.
  newcomers_left_7d: Of these, left within 7 days.
  leavers_repeat: Leavers of the week with two purchase days or more.
  dormant: Members at the week's end who are dormant.
  repeat_to_dormant: Of these, repeat buyers the week before.
  staff: Staff in the group at the week's end, bots left out.
*/
select
    weeks.group_id,
    weeks.week,
    groups.kind,
    weeks.is_complete,
    weeks.past_pairs,
    date_diff('day', groups.created_at, weeks.ends_at) // 7 as age_weeks,
    counts.members_start,
    counts.members_end,
    counts.members_present,
    counts.joins,
    counts.leaves,
    counts.speakers,
    counts.buyers,
    counts.orders,
    coalesce(newcomers.newcomers, 0) as newcomers,
    coalesce(newcomers.newcomers_observed_24h, 0) as newcomers_observed_24h,
    coalesce(newcomers.newcomers_spoke_24h, 0) as newcomers_spoke_24h,
    coalesce(newcomers.newcomers_observed_7d, 0) as newcomers_observed_7d,
    coalesce(newcomers.newcomers_left_7d, 0) as newcomers_left_7d,
    people.leavers_repeat,
    people.dormant,
    people.repeat_to_dormant,
    people.staff
from
    intermediate.int_rule_weeks as weeks
    inner join marts.group_weeks as counts using (group_id, week)
    inner join marts.groups using (group_id)
    inner join intermediate.int_rule_people as people using (group_id, week)
    left join intermediate.int_rule_newcomers as newcomers using (group_id, week)
