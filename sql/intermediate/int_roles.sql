/*
title: Roles
description: The role of a person in a group. An employee or a bot is one in every group; others only where it is said.
grain: [group_id, person_id]
*/
with
    everywhere as (
        select
            keys.person_id,
            max_by(roles.role, (roles.priority, roles.role)) as role
        from
            (
                select
                    person_key,
                    role,
                    2 as priority
                from
                    config.people
                union all
                select
                    person_key,
                    role,
                    1
                from
                    staging.stg_contacts
                where
                    role in ('staff', 'bot')
                union all
                select
                    person_key,
                    role,
                    0
                from
                    staging.stg_member_lists
                where
                    role in ('staff', 'bot')
            ) as roles
            inner join intermediate.int_person_keys as keys using (person_key)
        group by
            keys.person_id
    ),
    stated as (
        select
            lists.group_id,
            keys.person_id,
            max_by(
                lists.role,
                (
                    coalesce(
                        lists.snapshot_at,
                        lists.joined_at,
                        since_before ()
                    ),
                    lists.role
                )
            ) as role
        from
            staging.stg_member_lists as lists
            inner join intermediate.int_person_keys as keys using (person_key)
        where
            lists.role <> 'member'
            or lists.snapshot_at is not null
        group by
            lists.group_id,
            keys.person_id
    )
select
    '*' as group_id,
    person_id,
    role
from
    everywhere
where
    role <> 'member'
union all
select
    group_id,
    person_id,
    role
from
    stated
where
    role <> 'member'
