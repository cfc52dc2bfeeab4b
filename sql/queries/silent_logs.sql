/*
title: Chat logs that seem to lack the week
description: >-
  Groups whose log seems to lack this week or its last days (marts.log_gaps), in the first four weeks of it: later they
  are silent. What is counted in their log is not judged.
params:
  week: {type: date, default: null}
  group_id: {type: text, default: "*"}
people: []
*/
with
    lacking as (
        select
            groups.name,
            gaps.is_missing,
            gaps.nth
        from
            marts.log_gaps as gaps
            inner join marts.groups as groups using (group_id)
        where
            gaps.week = $week::date
            and gaps.nth <= 4
            and (
                $group_id = '*'
                or gaps.group_id = $group_id
            )
    )
select
    'log_ends_early' as code,
    'warn' as severity,
    format(
        '{} 个群本周的聊天记录像是没导全：{}。之前四周每周都有人说话，{}。若是漏导或导早了，请补上这几个群的导出；补上之前，它们和全部群的活跃、发言都偏低，所以先不判断好坏。',
        count(*),
        array_to_string(list_sort(list(name)) [1:3], '、') || if (count(*) > 3, ' 等', ''),
        case
            when bool_and(is_missing)
            and max(nth) > 1 then if (min(nth) = max(nth), '最近', '最多已') || format(' {} 周一条也没有', max(nth))
            when bool_and(is_missing) then '本周一条也没有'
            when bool_or(is_missing) then '本周一条也没有，或最后三天没有'
            else '本周最后三天没有'
        end
    ) as zh,
    format(
        'Groups whose chat log seems to lack this week: {} ({}). Each of the four weeks before has messages, {}. If the export was forgotten or made too early, import it again: until then activity and speakers are too low, of these groups and of all together, so they are not judged.',
        count(*),
        array_to_string(list_sort(list(name)) [1:3], ', ') || if (count(*) > 3, ' and others', ''),
        case
            when bool_and(is_missing)
            and max(nth) > 1 then if (min(nth) = max(nth), 'the last', 'up to') || format(' {} weeks have none', max(nth))
            when bool_and(is_missing) then 'this one has none'
            when bool_or(is_missing) then 'this one has none, or none in its last three days'
            else 'this one has none in its last three days'
        end
    ) as en,
    '/imports' as href
from
    lacking
having
    count(*) > 0
