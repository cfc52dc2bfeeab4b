/*
title: When members leave
description: Leavers by days since joining (kind join) and by days since the last campaign (kind campaign); null = unknown.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  weeks: {type: number, default: 1}
people: [leavers]
sums: {of: [leavers], by: [kind]}
*/
with
    chosen as (
        select
            *
        from
            marts.leave_timing
        where
            week > $week::date - 7 * $weeks::integer
            and week <= $week::date
            and $group_id in ('*', group_id)
    ),
    days as (
        select
            'join' as kind,
            days_since_join as day
        from
            chosen
        union all
        select
            'campaign',
            days_since_campaign
        from
            chosen
    )
select
    kind,
    case
        when day <= 3 then day
        when day <= 7 then 4
        when day <= 14 then 8
        when day <= 30 then 15
        when day <= 90 then 31
        when day > 90 then 91
    end as from_day,
    count(*) as leavers
from
    days
group by all
order by
    kind,
    from_day nulls last
