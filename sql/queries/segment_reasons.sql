/*
title: Why members are in a segment
description: People of a lifecycle segment at the week's end by why they are in it, without those who opted out; together the rows of segment_list.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  segment: {type: text, default: dormant}
people: [persons]
*/
with
    here as (
        select
            members.person_id,
            bool_or(groups.has_messages) as is_heard
        from
            marts.member_weeks as members
            inner join marts.groups as groups using (group_id)
        where
            members.week = $week::date
            and members.segment = $segment
            and (
                members.is_member_end
                or $segment = 'left'
            )
        group by
            members.person_id
        having
            $group_id = '*'
            or bool_or(members.group_id = $group_id)
    )
select
    case
        when weeks.segment <> 'dormant' then weeks.segment
        when weeks.last_order_day is not null then 'lapsed_buyer'
        when weeks.last_message_at is not null then 'went_silent'
        when not here.is_heard then 'not_heard'
        else 'never_spoke'
    end as why,
    count(*) as persons
from
    marts.person_weeks as weeks
    inner join here using (person_id)
    left join marts.outreach as outreach using (person_id)
where
    weeks.week = $week::date
    and weeks.segment = $segment
    and not coalesce(outreach.is_opted_out, false)
group by all
order by
    persons desc,
    why
