/*
title: Jobs of the staff
description: >-
  Which jobs a person is known to hold in a group ('*' = in every group): from fupan.yaml, from the people a plan
  names for its roles, and owner for a group's owner.
grain: [group_id, person_id, job]
*/
select
    '*' as group_id,
    keys.person_id,
    lower(jobs.job) as job
from
    config.jobs as jobs
    inner join intermediate.int_person_keys as keys using (person_key)
union
select
    group_id,
    owner_id,
    'owner'
from
    marts.groups
where
    owner_id is not null
union
select
    groups.group_id,
    keys.person_id,
    lower(roles.role)
from
    (
        select distinct
            plan_id,
            revision,
            role,
            unnest(role_keys) as person_key
        from
            staging.stg_plan_steps
    ) as roles
    inner join intermediate.int_plan_groups as groups using (plan_id, revision)
    inner join intermediate.int_person_keys as keys using (person_key)
