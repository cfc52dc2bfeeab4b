/*
title: SOP steps of a week
description: Each due step of the week with what became of it and its evidence, and what was sent beside the plan.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  status: {type: text, default: "*"}
people: []
*/
select
    adherence.group_id,
    groups.name as group_name,
    adherence.plan_id,
    adherence.plan_version,
    adherence.step_id,
    adherence.due_local_at,
    adherence.role,
    adherence.owner,
    adherence.content_type,
    adherence.status,
    adherence.is_due,
    adherence.minutes_late,
    adherence.matched_by,
    adherence.similarity,
    adherence.sent_at,
    adherence.sender_id,
    coalesce(people.display_name, '') as sender,
    adherence.is_right_role,
    other.name as other_group_name,
    adherence.message_key::varchar as message_key
from
    marts.sop_adherence as adherence
    inner join marts.groups as groups using (group_id)
    left join marts.groups as other on other.group_id = adherence.other_group_id
    left join marts.people as people on people.person_id = adherence.sender_id
where
    adherence.week = $week::date
    and (
        $group_id = '*'
        or adherence.group_id = $group_id
    )
    and (
        $status = '*'
        or adherence.status = $status
    )
order by
    coalesce(adherence.due_at, adherence.sent_at),
    group_name,
    adherence.step_id
