/*
title: Invitations
description: Who brought whom into which group, as far as the sources say. Staff who invite are there, and marked.
grain: [group_id, person_id, nth]
columns:
  group_id: The group.
  person_id: Who joined.
  nth: Which stay of this person in this group.
  inviter_id: Who invited.
  is_by_member: The inviter is a member, not staff.
  week: First day of the local week of joining.
  joined_at: UTC.
  has_stayed: Was there for 7 days, or still is at as_of.
  has_spoken: Sent a counted message in the group.
  has_bought: Has a valid order of the group.
*/
with
    inviters as (
        select
            person_id,
            bool_or(is_member) as is_by_member
        from
            marts.memberships
        group by
            person_id
    ),
    bought as (
        select distinct
            group_id,
            person_id
        from
            intermediate.int_buyer_orders
    ),
    spoke as (
        select distinct
            group_id,
            person_id
        from
            intermediate.int_speaking_weeks
    )
select
    stays.group_id,
    stays.person_id,
    stays.nth,
    stays.inviter_id,
    coalesce(inviters.is_by_member, false) as is_by_member,
    week_of (local_time (stays.joined_at)) as week,
    stays.joined_at,
    coalesce(
        stays.left_at >= stays.joined_at + interval 7 day,
        true
    ) as has_stayed,
    spoke.person_id is not null as has_spoken,
    bought.person_id is not null as has_bought
from
    marts.memberships as stays
    left join inviters on inviters.person_id = stays.inviter_id
    left join spoke on spoke.group_id = stays.group_id
    and spoke.person_id = stays.person_id
    left join bought on bought.group_id = stays.group_id
    and bought.person_id = stays.person_id
where
    stays.is_member
    and stays.inviter_id is not null
    and stays.joined_at is not null
