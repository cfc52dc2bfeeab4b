/*
title: {zh: 负责人的群, en: Owner's groups}
description:
  zh: 同一位群主负责的群算一份，用群名称呼（不写人名）；在几位群主的群里都有的人单列。
  en: The groups of one owner are one part, named after the groups (never the person); who is in groups of several owners stands apart.
grain: [group_id, person_id, week]
grainCheckedBy: marts.participation
values:
  several: {zh: 几位负责人共有的成员, en: Members shared by several owners}
*/
with
    owners as (
        select
            owner_id,
            -- A mark of no language: the value is one for both.
            array_to_string(list_sort(list(name)) [1:2], ' / ') || if (count(*) > 2, format(' … ({})', count(*)), '') as value
        from
            marts.groups
        where
            owner_id is not null
        group by
            owner_id
    ),
    own as not materialized (
        select
            presence.group_id,
            presence.person_id,
            presence.week,
            presence.in_total,
            owners.value
        from
            marts.presence as presence
            inner join marts.groups as groups using (group_id)
            left join owners using (owner_id)
        where
            presence.in_group
    )
select
    group_id,
    person_id,
    week,
    value
from
    own
union all
-- Who is in one group alone has their one row there.
select
    '*',
    person_id,
    week,
    value
from
    own
where
    in_total
union all
select
    '*',
    person_id,
    week,
    if (
        count(distinct coalesce(value, '')) > 1,
        'several',
        min(value)
    )
from
    own
where
    not in_total
group by
    person_id,
    week
