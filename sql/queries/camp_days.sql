/*
title: Camps by day
description: >-
  A camp on day n against earlier camps on their day n, whatever weekday each began: of those who had joined by then,
  who had spoken and bought. Day 1 is the day on which the group was created. Camps are the groups of kind camp.
params:
  group_id: {type: text, default: "*"}
  days: {type: number, default: 14}
*/
with
    camps as (
        select
            group_id,
            name,
            created_at,
            max(created_at) over () as newest_at
        from
            marts.groups
        where
            kind = 'camp'
            and created_at is not null
    ),
    about as (
        select
            as_of
        from
            report.about
    ),
    days as (
        select
            camps.*,
            day.n as day,
            camps.created_at + to_days(day.n::integer) as ends_at
        from
            camps
            cross join about
            cross join range(1, $days::integer + 1) as day(n)
        where
            camps.created_at + to_days(day.n::integer) <= about.as_of
    ),
    counted as (
        select
            days.group_id,
            days.name,
            days.created_at,
            days.newest_at,
            days.day,
            count(newcomers.person_id) as joined,
            count(*) filter(newcomers.spoke_at < days.ends_at) as spoke,
            count(*) filter(newcomers.first_order_day < days.ends_at::date) as bought
        from
            days
            left join marts.newcomers as newcomers on newcomers.group_id = days.group_id
            and coalesce(newcomers.joined_at < days.ends_at, true)
        group by all
    )
select
    this.group_id,
    this.name,
    this.day,
    this.joined,
    this.spoke,
    this.bought,
    count(earlier.group_id) as earlier_camps,
    avg(earlier.spoke / nullif(earlier.joined, 0)) as earlier_spoke_rate,
    avg(earlier.bought / nullif(earlier.joined, 0)) as earlier_bought_rate
from
    counted as this
    left join counted as earlier on earlier.day = this.day
    and earlier.created_at < this.created_at
where
    this.group_id = $group_id
    or (
        $group_id = '*'
        and this.created_at = this.newest_at
    )
group by all
order by
    this.name,
    this.day
