/*
title: Why members are in a segment
description: People of a lifecycle segment at the week's end by why they are in it, without those who opted out; together the rows of segment_list.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  segment: {type: text, default: dormant}
people: [persons]
sums: {of: [persons]}
*/
with
    here as (
        select
            person_id
        from
            marts.member_weeks
        where
            week = $week::date
            and segment = $segment
            and group_id = $group_id
            and (
                is_member_end
                or $segment = 'left'
            )
    )
select
    case
        when weeks.segment <> 'dormant' then weeks.segment
        when weeks.last_order_day is not null then 'lapsed_buyer'
        when weeks.last_message_at is not null then 'went_silent'
        when not weeks.is_heard then 'not_heard'
        else 'never_spoke'
    end as why,
    count(*) as persons
from
    marts.person_weeks as weeks
    left join marts.outreach as outreach using (person_id)
where
    weeks.week = $week::date
    and weeks.segment = $segment
    and (
        $group_id = '*'
        or weeks.person_id in (
            from
                here
        )
    )
    and not coalesce(outreach.is_opted_out, false)
group by all
order by
    persons desc,
    why
