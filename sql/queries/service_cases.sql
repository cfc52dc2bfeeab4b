/*
title: Service cases of a week
description: >-
  The cases that opened in the week, and older complaints and questions that are still open: how long the first reply
  took and which stages are missing. Open ones first, complaints before the
  others, the week's own before older ones, then the slow.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  kind: {type: text, default: "*"}
people: []
*/
select
    cases.case_id::varchar as case_id,
    cases.group_id,
    groups.name as group_name,
    cases.kind,
    cases.person_id,
    coalesce(people.display_name, '') as name,
    cases.opened_at,
    cases.week,
    cases.first_reply_minutes,
    cases.is_reply_in_time,
    cases.resolved_at,
    coalesce(staff.display_name, '') as handler,
    array_to_string(cases.stages_done, ',') as stages_done,
    array_to_string(cases.missing_stages, ',') as missing_stages,
    cases.is_open
from
    marts.service_cases as cases
    inner join marts.groups as groups using (group_id)
    left join marts.people as people on people.person_id = cases.person_id
    left join marts.people as staff on staff.person_id = cases.handler_id
where
    (
        cases.week = $week::date
        or (
            cases.week < $week::date
            and cases.week >= $week::date - 28
            and cases.is_open
            and cases.kind in ('question', 'complaint')
        )
    )
    and (
        $group_id = '*'
        or cases.group_id = $group_id
    )
    and (
        $kind = '*'
        or cases.kind = $kind
    )
order by
    cases.is_open desc,
    cases.kind = 'complaint' desc,
    cases.week desc,
    cases.first_reply_minutes desc nulls first,
    cases.opened_at,
    cases.case_id
limit
    1000
