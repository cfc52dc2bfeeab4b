/*
title: Claims of a week
description: Numbers that staff posts promised beside what orders and planned stock said at that moment.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  verdict: {type: text, default: "*"}
people: []
*/
select
    claims.group_id,
    groups.name as group_name,
    claims.sent_at,
    claims.sender_id,
    claims.claim,
    claims.claimed,
    claims.actual,
    claims.event_title,
    claims.verdict,
    claims.message_key::varchar as message_key
from
    marts.sop_claims as claims
    inner join marts.groups as groups using (group_id)
where
    claims.week = $week::date
    and (
        $group_id = '*'
        or claims.group_id = $group_id
    )
    and (
        $verdict = '*'
        or claims.verdict = $verdict
    )
order by
    claims.verdict,
    claims.sent_at,
    claims.claim
