/*
title: Data quality
description: What is missing or doubtful in the data behind a week, and what it does to the numbers.
params:
  week: {type: date, default: null}
  group_id: {type: text, default: "*"}
people: []
*/
with
    scope as (
        select
            *
        from
            marts.groups
        where
            $group_id = '*'
            or group_id = $group_id
    ),
    matching as (
        select
            valid_orders,
            matched_orders,
            valid_orders - matched_orders as unmatched,
            matched_orders / nullif(valid_orders, 0) as rate
        from
            marts.order_weeks
        where
            group_id = $group_id
            and week = $week::date
    ),
    order_span as (
        select
            max(paid_day) as last_day
        from
            marts.orders
    ),
    rejected as (
        select
            sum(rejected) as rows,
            count(*) filter(rejected > 0) as files
        from
            report.imports
    )
select
    'unmatched_orders' as code,
    'warn' as severity,
    format(
        '本周 {} 笔有效订单里 {} 笔对不上群友（匹配率 {:.0f}%），转化率是下限。',
        valid_orders,
        unmatched,
        100 * rate
    ) as zh,
    format(
        '{1} of {0} valid orders match nobody (match rate {2:.0f} %): conversion is a lower bound.',
        valid_orders,
        unmatched,
        100 * rate
    ) as en,
    '/imports' as href
from
    matching
where
    unmatched > 0
union all
select
    'no_orders',
    'info',
    '还没有订单数据，转化率和复购率暂时看不到。',
    'There are no orders yet, so conversion and repurchase are unknown.',
    '/imports'
from
    order_span
where
    last_day is null
union all
select
    'orders_end_early',
    'warn',
    format(
        '订单只到 {}，本周后面几天的转化会少算。',
        strftime(last_day, '%Y-%m-%d')
    ),
    format(
        'Orders end on {}, so conversion of the last days of the week is missing.',
        strftime(last_day, '%Y-%m-%d')
    ),
    '/imports'
from
    order_span
    inner join report.weeks on weeks.week = $week::date
    and weeks.is_complete
where
    last_day < $week::date + 4
union all
select
    'leavers_unknown',
    'warn',
    format(
        '{} 个群看不到退群（没有前后两份成员名单，也没有退群记录），流失率会偏低：{}。',
        count(*),
        array_to_string(list_sort(list(name)) [1:3], '、') || if (count(*) > 3, ' 等', '')
    ),
    format(
        'Leaving can not be seen in {} groups (no second member list, no leave notices), so churn is too low: {}.',
        count(*),
        array_to_string(list_sort(list(name)) [1:3], ', ') || if (count(*) > 3, ' and others', '')
    ),
    '/imports'
from
    scope
where
    not has_leavers
having
    count(*) > 0
union all
select
    'members_unknown',
    'warn',
    format(
        '{} 个群没有成员名单，只知道发过言的人，活跃率会偏高：{}。',
        count(*),
        array_to_string(list_sort(list(name)) [1:3], '、') || if (count(*) > 3, ' 等', '')
    ),
    format(
        '{} groups have no member list: only speakers are known, so activity is too high: {}.',
        count(*),
        array_to_string(list_sort(list(name)) [1:3], ', ') || if (count(*) > 3, ' and others', '')
    ),
    '/imports'
from
    scope
where
    not has_members
having
    count(*) > 0
union all
select
    'messages_unknown',
    'warn',
    format(
        '{} 个群只有成员名单，没有聊天记录，活跃率会偏低：{}。',
        count(*),
        array_to_string(list_sort(list(name)) [1:3], '、') || if (count(*) > 3, ' 等', '')
    ),
    format(
        '{} groups have a member list but no chat log, so activity is too low: {}.',
        count(*),
        array_to_string(list_sort(list(name)) [1:3], ', ') || if (count(*) > 3, ' and others', '')
    ),
    '/imports'
from
    scope
where
    not has_messages
having
    count(*) > 0
union all
select
    'rejected_rows',
    'info',
    format('有 {} 行没能导入（{} 个文件），行号和原因见导入页。', rows, files),
    format(
        '{} rows in {} files could not be imported; see the imports page for lines and reasons.',
        rows,
        files
    ),
    '/imports'
from
    rejected
where
    rows > 0
