/*
title: Segment stock
description: Members at the week's end by lifecycle segment, for one group or for all groups; repeat is null, not 0, without orders.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
people: [persons, previous]
*/
select
    segment,
    coalesce(sum(members_end) filter(week = $week::date), 0)::bigint as persons,
    coalesce(
        sum(members_end) filter(week = $week::date - 7),
        0
    )::bigint as previous
from
    marts.segment_weeks
where
    group_id = $group_id
    and week in ($week::date, $week::date - 7)
    and segment <> 'left'
    and members_end > 0
group by
    segment
union all
-- Nobody can be seen to buy again where nobody was seen to buy.
select
    'repeat',
    null,
    null
from
    marts.sources
where
    source = 'orders'
    and group_id = $group_id
    and not is_known
