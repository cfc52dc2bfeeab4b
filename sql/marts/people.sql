/*
title: People
description: Everyone who was ever in a group or works for it, once.
grain: [person_id]
columns:
  person_id: The person; no id, phone or name can be read from it.
  display_name: Last name seen (personal data, masked wherever it is shown).
  role: member, or the role that holds in every group (staff, bot).
  is_staff: Works for the community or is a bot, in every group.
  level: Member level by the newest statement (marts.level_spells).
  first_seen: First join or message (UTC); null = before the data.
  last_message_at: Last counted message (UTC).
  groups: Groups in which the person is a member at as_of.
*/
with
    names as (
        select
            keys.person_id,
            max_by(
                contacts.name,
                (
                    not contacts.has_name_only,
                    coalesce(contacts.seen_at, since_before ()),
                    contacts.name
                )
            ) as display_name
        from
            staging.stg_contacts as contacts
            inner join intermediate.int_person_keys as keys using (person_key)
        where
            contacts.name is not null
        group by
            keys.person_id
    ),
    levels as (
        select
            person_id,
            level
        from
            marts.level_spells
        where
            until_at is null
    ),
    stays as (
        select
            person_id,
            min(coalesce(joined_at, since_before ())) as first_seen,
            count(distinct group_id) filter(
                left_at is null
                and is_member
            ) as groups
        from
            marts.memberships
        group by
            person_id
    ),
    spoke as (
        select
            person_id,
            max(last_message_at) as last_message_at
        from
            intermediate.int_speaking_weeks
        group by
            person_id
    )
select
    stays.person_id,
    names.display_name,
    coalesce(roles.role, 'member') as role,
    coalesce(roles.role in ('staff', 'bot'), false) as is_staff,
    levels.level,
    nullif(stays.first_seen, since_before ()) as first_seen,
    spoke.last_message_at,
    stays.groups
from
    stays
    left join names using (person_id)
    left join levels using (person_id)
    left join spoke using (person_id)
    left join intermediate.int_roles as roles on roles.person_id = stays.person_id
    and roles.group_id = '*'
