/*
title: Memberships
description: When each person was in each group, staff included; half-open intervals in UTC that never overlap.
grain: [group_id, person_id, nth]
columns:
  group_id: The group.
  person_id: The person.
  nth: 1 for the first stay of this person in this group, 2 after a rejoin.
  joined_at: Start of the stay (UTC); null = member since before the data.
  left_at: End of the stay (UTC, exclusive); null = still there at as_of.
  join_source: Channel or way of joining as the source says (qr, invite, a channel code); null = unknown.
  join_evidence: explicit, list (a member list's join time), observed_between (difference of two lists), implied (first message) or unknown.
  inviter_id: Person who invited, if said.
  leave_kind: quit, kick or null.
  leave_evidence: explicit, or observed_between (two member lists, dated at the later one).
  observed_from: For observed_between, the earlier list's time.
  role: member, staff, bot, partner or shill.
  is_member: True for the role member; only these count in KPIs.
  confidence: 1 explicit … 0.5 implied.
checks:
  - left_at is null or joined_at is null or left_at > joined_at
*/
select
    memberships.group_id,
    memberships.person_id,
    memberships.nth,
    memberships.joined_at,
    memberships.left_at,
    memberships.join_source,
    case
        when memberships.joined_at is null then 'unknown'
        when memberships.join_trust = 4 then 'explicit'
        when memberships.join_trust = 3 then 'list'
        when memberships.join_trust = 2 then 'observed_between'
        else 'implied'
    end as join_evidence,
    memberships.inviter_id,
    memberships.leave_kind,
    case memberships.leave_trust
        when 4 then 'explicit'
        when 2 then 'observed_between'
    end as leave_evidence,
    if (
        memberships.leave_trust = 2,
        memberships.observed_from,
        null
    ) as observed_from,
    coalesce(everywhere.role, here.role, 'member') as role,
    coalesce(everywhere.role, here.role, 'member') = 'member' as is_member,
    case memberships.join_trust
        when 4 then 1.0
        when 3 then 0.95
        when 2 then 0.9
        else 0.5
    end as confidence
from
    intermediate.int_memberships as memberships
    left join intermediate.int_roles as here on here.group_id = memberships.group_id
    and here.person_id = memberships.person_id
    left join intermediate.int_roles as everywhere on everywhere.group_id = '*'
    and everywhere.person_id = memberships.person_id
