/*
title: Newcomers for the rules
description: Per group and week, those who joined for the first time, how many were observed long enough, spoke and left again.
grain: [group_id, week]
*/
select
    members.group_id,
    members.week,
    count(*) as newcomers,
    count(*) filter(
        members.heard_24h
        and weeks.has_log
    ) as newcomers_observed_24h,
    count(*) filter(
        members.spoke_24h
        and weeks.has_log
    ) as newcomers_spoke_24h,
    -- Who came and went before anybody could see it is not in the data: of those who are, all stayed.
    count(*) filter(
        members.observed_7d
        and members.is_watched
        and coalesce(stays.joined_at >= groups.leavers_from, true)
    ) as newcomers_observed_7d,
    count(*) filter(
        members.observed_7d
        and members.is_watched
        and coalesce(stays.joined_at >= groups.leavers_from, true)
        and stays.left_at < stays.joined_at + interval 7 day
    ) as newcomers_left_7d
from
    marts.member_weeks as members
    inner join intermediate.int_rule_weeks as weeks on weeks.group_id = members.group_id
    and weeks.week = members.week
    inner join marts.groups as groups on groups.group_id = members.group_id
    left join marts.memberships as stays on stays.group_id = members.group_id
    and stays.person_id = members.person_id
    and stays.nth = 1
where
    members.is_newcomer
group by
    members.group_id,
    members.week
