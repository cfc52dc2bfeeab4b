/*
title: Leavers, sleepers and team for the rules
description: >-
  Per group and week, leavers with two purchase days, repeat buyers gone dormant, dormant members and the team. Who is back
  within 24 hours was not lost; a leave that only two lists more than eight days apart show may be of an earlier week.
grain: [group_id, week]
*/
with
    lasting as (
        select
            churn.group_id,
            churn.person_id,
            churn.nth,
            churn.week,
            coalesce(
                churn.left_at - stays.observed_from <= interval 8 day,
                true
            ) as is_placed
        from
            marts.churn_events as churn
            inner join marts.memberships as stays using (group_id, person_id, nth)
            left join marts.memberships as later on later.group_id = churn.group_id
            and later.person_id = churn.person_id
            and later.nth = churn.nth + 1
        where
            coalesce(
                later.joined_at > churn.left_at + interval 24 hour,
                true
            )
    ),
    leavers as (
        select
            churn.group_id,
            churn.week,
            count(*) as lasting_leaves,
            count(*) filter(churn.is_placed) as placed_leaves,
            count(distinct churn.person_id) filter(days.days >= 2) as leavers_repeat,
            count(distinct churn.person_id) filter(days.days >= 3) as leavers_repeat_3
        from
            lasting as churn
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
    groups.has_leavers
    and coalesce(groups.leavers_from < weeks.ends_at, true) as is_watched,
    -- Null in a week of which who left is not known from its first day on.
    if (
        groups.has_leavers
        and coalesce(
            groups.leavers_from < weeks.starts_at + interval 1 day,
            true
        ),
        coalesce(leavers.lasting_leaves, 0),
        null
    ) as lasting_leaves,
    coalesce(leavers.placed_leaves, 0) as placed_leaves,
    coalesce(leavers.leavers_repeat, 0) as leavers_repeat,
    coalesce(leavers.leavers_repeat_3, 0) as leavers_repeat_3,
    coalesce(sleepers.dormant, 0) as dormant,
    coalesce(sleepers.repeat_to_dormant, 0) as repeat_to_dormant,
    coalesce(team.staff, 0) as staff
from
    intermediate.int_rule_weeks as weeks
    inner join marts.groups as groups using (group_id)
    left join leavers using (group_id, week)
    left join sleepers using (group_id, week)
    left join team using (group_id, week)
