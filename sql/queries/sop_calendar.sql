/*
title: SOP calendar
description: >-
  What falls due from one day to another (local, both included), with the script to copy. Steps for single members are
  counted by hour, so that no member is named.
params:
  from: {type: date, default: null}
  to: {type: date, default: null}
  group_id: {type: text, default: "*"}
  role: {type: text, default: "*"}
people: []
*/
select
    due.due_local_at,
    due.due_at,
    due.group_id,
    groups.name as group_name,
    due.plan_id,
    steps.plan_title,
    due.plan_version,
    due.step_id,
    due.phase,
    due.task,
    due.role,
    steps.role_title,
    due.owner,
    due.content_type,
    steps.scene,
    steps.text,
    steps.link,
    steps.target,
    adherence.status,
    adherence.minutes_late,
    1 as times,
    false as is_personal
from
    marts.sop_steps_due as due
    inner join marts.sop_steps as steps using (plan_id, revision, step_id)
    inner join marts.groups as groups on groups.group_id = due.group_id
    left join marts.sop_adherence as adherence on adherence.due_key = due.due_key
    and adherence.is_due
where
    due.person_id is null
    and due.due_local_at >= $from::date
    and due.due_local_at < $to::date + 1
    and (
        $group_id = '*'
        or due.group_id = $group_id
    )
    and (
        $role = '*'
        or due.role = $role
        or steps.role_title = $role
    )
union all
select
    date_trunc('hour', due.due_local_at),
    min(due.due_at),
    due.group_id,
    groups.name,
    due.plan_id,
    steps.plan_title,
    due.plan_version,
    due.step_id,
    due.phase,
    due.task,
    due.role,
    steps.role_title,
    due.owner,
    due.content_type,
    steps.scene,
    steps.text,
    steps.link,
    steps.target,
    null,
    null,
    count(*),
    true
from
    marts.sop_steps_due as due
    inner join marts.sop_steps as steps using (plan_id, revision, step_id)
    inner join marts.groups as groups on groups.group_id = due.group_id
where
    due.person_id is not null
    and due.due_local_at >= $from::date
    and due.due_local_at < $to::date + 1
    and (
        $group_id = '*'
        or due.group_id = $group_id
    )
    and (
        $role = '*'
        or due.role = $role
        or steps.role_title = $role
    )
group by all
order by
    due_local_at,
    group_name,
    step_id
