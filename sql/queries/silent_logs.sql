/*
title: Chat logs that seem to lack the week
description: >-
  Groups that said something in each of the four weeks before, twenty messages a week or more, and nothing in this one, or nothing in its last
  three days though they were never silent for two: most likely the export was forgotten or made too early. Of a week that is over.
params:
  week: {type: date, default: null}
  group_id: {type: text, default: "*"}
people: []
*/
with
    recent as (
        select
            inputs.group_id,
            groups.name,
            inputs.week,
            inputs.is_complete,
            coalesce(inputs.messages_read, 0) as messages,
            inputs.days_silent
        from
            marts.rule_inputs as inputs
            inner join marts.groups as groups using (group_id)
        where
            inputs.week between $week::date - 28 and $week::date
            and (
                $group_id = '*'
                or inputs.group_id = $group_id
            )
    ),
    usual as (
        select
            group_id,
            avg(messages) as messages,
            max(days_silent) as days_silent
        from
            recent
        where
            week < $week::date
        group by
            group_id
        having
            count(*) = 4
            and min(messages) > 0
            and avg(messages) >= 20
    ),
    lacking as (
        select
            recent.name,
            recent.messages = 0 as is_missing
        from
            recent
            inner join usual using (group_id)
        where
            recent.week = $week::date
            and recent.is_complete
            and (
                recent.messages = 0
                or recent.days_silent >= 3
                and usual.days_silent < 2
            )
    )
select
    'log_ends_early' as code,
    'warn' as severity,
    format(
        '{} 个群本周的聊天记录像是没导全：{}。前四周每周都有人说话，本周{}。若是漏导或导早了，请补上这几个群的导出；补上之前，它们和全部群的活跃、发言都偏低，不要据此下结论。',
        count(*),
        array_to_string(list_sort(list(name)) [1:3], '、') || if (count(*) > 3, ' 等', ''),
        case
            when bool_and(is_missing) then '一条也没有'
            when bool_or(is_missing) then '一条也没有，或最后三天没有'
            else '最后三天没有'
        end
    ) as zh,
    format(
        'Groups whose chat log seems to lack this week: {} ({}). Each of the four weeks before has messages, this one has none{}. If the export was forgotten or made too early, import it again: until then activity and speakers are too low, of these groups and of all together.',
        count(*),
        array_to_string(list_sort(list(name)) [1:3], ', ') || if (count(*) > 3, ' and others', ''),
        case
            when bool_and(is_missing) then ''
            when bool_or(is_missing) then ', or none in its last three days'
            else ' in its last three days'
        end
    ) as en,
    '/imports' as href
from
    lacking
having
    count(*) > 0
