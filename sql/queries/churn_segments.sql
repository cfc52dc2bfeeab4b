/*
title: Reasons for leaving by segment
description: The lifecycle segment of leavers before they left (unknown in the first week of the review), by source and reason; the weights of a source sum to its leavers.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  weeks: {type: number, default: 1}
people: [persons, weight]
sums: {of: [persons], by: [source], with: [weight]}
*/
select
    reasons.source,
    coalesce(timing.segment, 'unknown') as segment,
    reasons.reason,
    count(*) as persons,
    sum(reasons.weight) as weight
from
    marts.churn_reasons as reasons
    inner join marts.leave_timing as timing using (group_id, person_id, nth)
where
    reasons.week > $week::date - 7 * $weeks::integer
    and reasons.week <= $week::date
    and $group_id in ('*', reasons.group_id)
group by all
order by
    reasons.source,
    segment,
    weight desc,
    reasons.reason
