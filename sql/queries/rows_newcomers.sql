/*
title: Newcomers behind a finding
description: Who joined in the week, how, and whether they spoke or left.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
people: []
*/
select
    newcomers.joined_at as happened_at,
    coalesce(people.display_name, '') as name,
    case
        when newcomers.left_at is not null then '已离群'
        when newcomers.spoke_at is null then '没开过口'
        else date_sub('hour', newcomers.joined_at, newcomers.spoke_at) || ' 小时后开口'
    end as what_zh,
    case
        when newcomers.left_at is not null then 'left'
        when newcomers.spoke_at is null then 'never spoke'
        else 'spoke after ' || date_sub('hour', newcomers.joined_at, newcomers.spoke_at) || ' hours'
    end as what_en,
    case newcomers.join_source
        when 'invite' then '邀请'
        when 'qr' then '扫码'
        when 'link' then '链接'
        when 'request' then '申请入群'
        else newcomers.join_source
    end as detail_zh,
    newcomers.join_source as detail_en
from
    marts.newcomers as newcomers
    left join marts.people as people using (person_id)
where
    newcomers.week = $week::date
    and (
        $group_id = '*'
        or newcomers.group_id = $group_id
    )
order by
    newcomers.spoke_at is not null,
    happened_at
limit
    200
