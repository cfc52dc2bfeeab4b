/*
title: Groups that lists state and nobody knows
description: Orders, calendar events, survey answers and plans that state a group which no source knows, and what that does to the numbers.
params:
  group_id: {type: text, default: "*"}
people: []
*/
select
    'unknown_groups_' || source as code,
    'warn' as severity,
    case source
        when 'orders' then format(
            '订单里写的群有 {} 个对不上（{:,} 单）：这些订单只能算到买家所在的群。请核对群名或群编号，或先导入这些群的聊天记录、成员名单。',
            unknown,
            "rows"
        )
        when 'calendar' then format(
            '活动日历里写的群有 {} 个对不上（{:,} 个活动）：这些活动不会算到任何群。请核对群名或群编号；不写群就是全部群。',
            unknown,
            "rows"
        )
        when 'plans' then format(
            'SOP 计划里写的群有 {} 个对不上：这些群查不到步骤的落实。请核对群名或群编号。',
            unknown
        )
        else format(
            '问卷里写的群有 {} 个对不上（{:,} 个回答）：这些回答只算在全部群里。请核对群名或群编号。',
            unknown,
            "rows"
        )
    end as zh,
    case source
        when 'orders' then format(
            'Groups that orders state and nobody knows: {} ({:,} orders). They count in the groups of their buyers alone; check the names or ids, or import the logs or member lists of these groups.',
            unknown,
            "rows"
        )
        when 'calendar' then format(
            'Groups in the calendar that nobody knows: {} ({:,} events). These events count in no group; check the names or ids. Without a group an event is for all.',
            unknown,
            "rows"
        )
        when 'plans' then format(
            'Groups in SOP plans that nobody knows: {}. No step is looked for in them; check the names or ids.',
            unknown
        )
        else format(
            'Groups in surveys that nobody knows: {} ({:,} answers). They count in all groups together alone; check the names or ids.',
            unknown,
            "rows"
        )
    end as en,
    null::varchar as href
from
    marts.named_groups
where
    unknown > 0
    and $group_id = '*'
order by
    source
