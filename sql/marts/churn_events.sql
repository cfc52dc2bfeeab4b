/*
title: Churn events
description: Every end of a member's stay, with its timing.
grain: [group_id, person_id, nth]
columns:
  group_id: The group that was left.
  person_id: Who left.
  nth: Which stay of this person in this group.
  week: First day of the local week of leaving.
  left_at: UTC.
  leave_kind: quit, kick or null when not said.
  leave_evidence: explicit or observed_between.
  days_since_join: Whole days from joining; null when the join is unknown.
  last_message_at: Last counted message in the group before leaving (UTC).
  is_rejoined: Came back later.
*/
select
    memberships.group_id,
    memberships.person_id,
    memberships.nth,
    week_of (local_time (memberships.left_at)) as week,
    memberships.left_at,
    memberships.leave_kind,
    memberships.leave_evidence,
    floor(
        epoch(memberships.left_at - memberships.joined_at) / 86400
    )::integer as days_since_join,
    max(speaking.last_message_at) as last_message_at,
    bool_or(later.nth is not null) as is_rejoined
from
    marts.memberships
    left join intermediate.int_speaking_weeks as speaking on speaking.group_id = memberships.group_id
    and speaking.person_id = memberships.person_id
    and speaking.last_message_at < memberships.left_at
    left join marts.memberships as later on later.group_id = memberships.group_id
    and later.person_id = memberships.person_id
    and later.nth = memberships.nth + 1
where
    memberships.left_at is not null
    and memberships.is_member
group by
    memberships.group_id,
    memberships.person_id,
    memberships.nth,
    memberships.joined_at,
    memberships.left_at,
    memberships.leave_kind,
    memberships.leave_evidence
