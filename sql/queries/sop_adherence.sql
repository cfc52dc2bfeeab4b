/*
title: SOP adherence of a week
description: >-
  Due steps of the week and what became of them, by group, role, sender and step (column dimension), with the change
  against the week before. unplanned counts posts beside the plan and stands at groups only.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
people: []
*/
with
    here as (
        select
            adherence.*,
            people.display_name as sender
        from
            marts.sop_adherence as adherence
            left join marts.people as people on people.person_id = adherence.sender_id
        where
            adherence.week in ($week::date, $week::date - 7)
            and (
                $group_id = '*'
                or adherence.group_id = $group_id
            )
    ),
    keyed as (
        select
            'all' as dimension,
            '*' as key,
            '' as label,
            here.*
        from
            here
        union all
        select
            'group',
            here.group_id,
            groups.name,
            here.*
        from
            here
            inner join marts.groups as groups using (group_id)
        union all
        select
            'role',
            here.role,
            coalesce(titles.role_title, here.role),
            here.*
        from
            here
            left join (
                select
                    steps.role,
                    string_agg(
                        distinct steps.role_title,
                        ' / '
                        order by
                            steps.role_title
                    ) as role_title
                from
                    marts.sop_steps as steps
                where
                    steps.plan_id in (
                        select
                            here.plan_id
                        from
                            here
                        where
                            here.week = $week::date
                            and here.is_due
                    )
                group by
                    steps.role
            ) as titles using (role)
        where
            here.role is not null
        union all
        select
            'sender',
            here.sender_id,
            coalesce(here.sender, ''),
            here.*
        from
            here
        where
            here.sender_id is not null
            and here.is_due
        union all
        select
            'step',
            here.plan_id || '/' || here.step_id,
            here.step_id,
            here.*
        from
            here
        where
            here.step_id is not null
    )
select
    dimension,
    key,
    label,
    count(*) filter(
        week = $week::date
        and is_due
    ) as due,
    count(*) filter(
        week = $week::date
        and is_due
        and status = 'done'
    ) as done,
    count(*) filter(
        week = $week::date
        and is_due
        and status = 'late'
    ) as late,
    count(*) filter(
        week = $week::date
        and is_due
        and status = 'missed'
    ) as missed,
    count(*) filter(
        week = $week::date
        and is_due
        and status = 'wrong_group'
    ) as wrong_group,
    count(*) filter(
        week = $week::date
        and status = 'unplanned'
    ) as unplanned,
    median(minutes_late) filter(
        week = $week::date
        and status = 'late'
    ) as median_minutes_late,
    count(*) filter(
        week = $week::date - 7
        and is_due
    ) as previous_due,
    count(*) filter(
        week = $week::date - 7
        and is_due
        and status in ('done', 'late')
    ) as previous_sent
from
    keyed
group by
    dimension,
    key,
    label
having
    count(*) filter(week = $week::date) > 0
order by
    case dimension
        when 'all' then 0
        when 'group' then 1
        when 'role' then 2
        when 'sender' then 3
        else 4
    end,
    missed + wrong_group desc,
    due desc,
    key
