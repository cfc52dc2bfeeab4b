/*
title: Leavers, sleepers and team for the rules
description: Per group and week, leavers with two purchase days, repeat buyers gone dormant, dormant members and the team.
grain: [group_id, week]
*/
with
    leavers as (
        select
            churn.group_id,
            churn.week,
            count(distinct churn.person_id) filter(days.days >= 2) as leavers_repeat,
            count(distinct churn.person_id) filter(days.days >= 3) as leavers_repeat_3
        from
            marts.churn_events as churn
            left join (
                select
                    churn.group_id,
                    churn.person_id,
                    churn.nth,
                    count(*) as days
                from
                    marts.churn_events as churn
                    inner join intermediate.int_purchase_days as bought on bought.person_id = churn.person_id
                    and bought.paid_day <= local_time (churn.left_at)::date
                group by
                    churn.group_id,
                    churn.person_id,
                    churn.nth
            ) as days using (group_id, person_id, nth)
        group by
            churn.group_id,
            churn.week
    ),
    sleepers as (
        select
            members.group_id,
            members.week,
            count(*) filter(persons.segment = 'dormant') as dormant,
            count(*) filter(
                persons.segment = 'dormant'
                and persons.previous_segment = 'repeat'
            ) as repeat_to_dormant
        from
            marts.member_weeks as members
            semi join intermediate.int_rule_weeks as weeks on weeks.group_id = members.group_id
            and weeks.week = members.week
            inner join marts.person_weeks as persons on persons.person_id = members.person_id
            and persons.week = members.week
        where
            members.is_member_end
            and persons.segment = 'dormant'
        group by
            members.group_id,
            members.week
    ),
    team as (
        select
            weeks.group_id,
            weeks.week,
            count(distinct stays.person_id) as staff
        from
            intermediate.int_rule_weeks as weeks
            inner join marts.memberships as stays on stays.group_id = weeks.group_id
            and (
                stays.joined_at is null
                or stays.joined_at < weeks.ends_at
            )
            and (
                stays.left_at is null
                or stays.left_at >= weeks.ends_at
            )
        where
            stays.role = 'staff'
        group by
            weeks.group_id,
            weeks.week
    )
select
    weeks.group_id,
    weeks.week,
    coalesce(leavers.leavers_repeat, 0) as leavers_repeat,
    coalesce(leavers.leavers_repeat_3, 0) as leavers_repeat_3,
    coalesce(sleepers.dormant, 0) as dormant,
    coalesce(sleepers.repeat_to_dormant, 0) as repeat_to_dormant,
    coalesce(team.staff, 0) as staff
from
    intermediate.int_rule_weeks as weeks
    left join leavers using (group_id, week)
    left join sleepers using (group_id, week)
    left join team using (group_id, week)
