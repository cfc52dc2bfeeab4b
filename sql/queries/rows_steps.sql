/*
title: Steps behind a finding
description: Due steps of the week that were not sent in time in their group.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
people: []
*/
select
    adherence.due_at as happened_at,
    '' as name,
    case adherence.status
        when 'missed' then '漏发'
        when 'late' then '迟发'
        else '发错群'
    end as what_zh,
    case adherence.status
        when 'missed' then 'missed'
        when 'late' then 'late'
        else 'wrong group'
    end as what_en,
    adherence.step_id || coalesce(' · 迟 ' || adherence.minutes_late || ' 分钟', '') || coalesce(' · 发到了 ' || other.name, '') as detail_zh,
    adherence.step_id || coalesce(
        ' · ' || adherence.minutes_late || ' min late',
        ''
    ) || coalesce(' · went to ' || other.name, '') as detail_en
from
    marts.sop_adherence as adherence
    left join marts.groups as other on other.group_id = adherence.other_group_id
where
    adherence.week = $week::date
    and adherence.is_due
    and adherence.status in ('missed', 'late', 'wrong_group')
    and (
        $group_id = '*'
        or adherence.group_id = $group_id
    )
order by
    adherence.status <> 'missed',
    happened_at
limit
    200
