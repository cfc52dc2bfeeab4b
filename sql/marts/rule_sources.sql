/*
title: Newcomers by source, for the rules
description: >-
  Newcomers observed for 7 days by the way they joined, over eight weeks.
grain: [group_id, week, source]
columns:
  group_id: The group.
  week: First day of the last of the eight weeks.
  source: Channel or way of joining as the source says.
  observed: Newcomers whose first 7 days have passed, of weeks of the group's chat log.
  spoke: Of these, spoke within 7 days.
*/
with
    newcomers as (
        select
            members.group_id,
            members.week,
            stays.join_source as source,
            count(*) as observed,
            count(*) filter(members.spoke_7d) as spoke
        from
            marts.member_weeks as members
            inner join marts.memberships as stays on stays.group_id = members.group_id
            and stays.person_id = members.person_id
            and stays.nth = 1
        where
            members.is_newcomer
            and members.heard_7d
            and stays.join_source is not null
        group by
            members.group_id,
            members.week,
            stays.join_source
    )
select
    weeks.group_id,
    weeks.week,
    newcomers.source,
    sum(newcomers.observed)::bigint as observed,
    sum(newcomers.spoke)::bigint as spoke
from
    intermediate.int_rule_weeks as weeks
    inner join newcomers on newcomers.group_id = weeks.group_id
    and newcomers.week between weeks.week - 49 and weeks.week
group by
    weeks.group_id,
    weeks.week,
    newcomers.source
