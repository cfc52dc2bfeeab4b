/*
title: Groups of the plans
description: >-
  Which groups a plan is for: those it lists by id or name (also one that a group had before), else all of its kind. starts_on is day 0 there. Steps are
  judged from judged_from to judged_until (UTC) only, where the group's log is known to reach.
grain: [plan_id, revision, group_id]
*/
with
    plans as (
        select distinct
            plan_id,
            revision,
            group_kind,
            groups,
            starts_on
        from
            staging.stg_plan_steps
    ),
    listed as (
        select
            plan_id,
            revision,
            unnest(groups) as listed
        from
            plans
    ),
    assigned as (
        select
            listed.plan_id,
            listed.revision,
            groups.group_id,
            max(listed.listed.start) as starts_on
        from
            listed
            left join intermediate.int_group_names as names on names.name = listed.listed.id
            inner join marts.groups as groups on groups.group_id = coalesce(names.group_id, listed.listed.id)
            -- Two groups of one name are both meant, unless the name is another's id.
            or groups.name = listed.listed.id
            and listed.listed.id not in (
                select
                    group_id
                from
                    marts.groups
            )
        group by
            listed.plan_id,
            listed.revision,
            groups.group_id
        union all
        select
            plans.plan_id,
            plans.revision,
            groups.group_id,
            plans.starts_on
        from
            plans
            inner join marts.groups as groups on groups.kind = plans.group_kind
        where
            plans.groups is null
    ),
    logs as (
        select
            group_id,
            min(sent_at) as first_at,
            max(sent_at) as last_at
        from
            staging.stg_messages
        group by
            group_id
    )
select
    assigned.plan_id,
    assigned.revision,
    assigned.group_id,
    assigned.starts_on,
    utc_time (
        local_time (logs.first_at)::date::timestamp,
        false
    ) as judged_from,
    logs.last_at + interval 7 day as judged_until
from
    assigned
    left join logs using (group_id)
