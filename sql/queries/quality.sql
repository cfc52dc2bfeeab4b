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
    base as (
        select
            coalesce(max(members_present), 0) as members_present,
            coalesce(max(members_heard), 0) as members_heard,
            coalesce(max(members_watched), 0) as members_watched
        from
            marts.segment_totals
        where
            group_id = $group_id
            and week = $week::date
            and segment = '*'
    ),
    lacking as (
        select
            'leavers' as what,
            name
        from
            scope
        where
            not has_leavers
        union all
        select
            'messages',
            name
        from
            scope
        where
            not coalesce(messages_from <= $week::date, false)
        union all
        select
            'begins',
            name
        from
            scope
        where
            messages_from = $week::date
            and created_at < (
                select
                    starts_at
                from
                    report.weeks
                where
                    week = $week::date
            )
    ),
    listed as (
        select
            what,
            count(*) as groups,
            array_to_string(list_sort(list(name)) [1:3], '、') || if (count(*) > 3, ' 等', '') as zh,
            array_to_string(list_sort(list(name)) [1:3], ', ') || if (count(*) > 3, ' and others', '') as en
        from
            lacking
        group by
            what
    ),
    -- Where no order was ever anybody's, what members bought is unknown.
    buyers_known as (
        select
            is_known
        from
            marts.sources
        where
            source = 'buyers'
            and group_id = '*'
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
    -- Buyers called like one member: the operator knows whether they are.
    namesakes as (
        select
            count(*) as buyers
        from
            marts.identity_suggestions
        where
            kind = 'nickname'
            and is_asked
            and $group_id in ('*', coalesce(group_id, ''))
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
        '本周 {} 笔有效订单里 {} 笔对不上群友（匹配率 {:.0f}%），转化率{}。{}',
        valid_orders,
        unmatched,
        100 * rate,
        if (is_known, '是下限', '算不出来'),
        if (
            buyers > 0,
            format('有 {} 个买家和群友同名，等你确认是不是同一个人。', buyers),
            ''
        )
    ) as zh,
    format(
        '{1} of {0} valid {3} nobody (match rate {2:.0f} %): conversion is {5}.{4}',
        valid_orders,
        unmatched,
        100 * rate,
        case
            when valid_orders = 1 then 'order matches'
            when unmatched = 1 then 'orders matches'
            else 'orders match'
        end,
        if (
            buyers > 0,
            format(
                ' Buyers with the name of a member, for you to say whether they are the same: {}.',
                buyers
            ),
            ''
        ),
        if (is_known, 'a lower bound', 'unknown')
    ) as en,
    if (buyers > 0, '/people', '/imports') as href
from
    matching
    cross join base
    cross join namesakes
    cross join buyers_known
where
    unmatched > 0
    and members_present > 0
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
        '{} 个群看不到退群（没有前后两份成员名单，也没有退群记录）：{}。流失率、退群和净增都不算这些群，合计按 {} 人里的 {} 人算。',
        unseen.groups,
        unseen.zh,
        base.members_present,
        base.members_watched
    ),
    format(
        'Groups in which leaving can not be seen, as there is no second member list and no leave notice: {} ({}). Churn, leaves and net growth leave them out; over all they are of {} of {} members.',
        unseen.groups,
        unseen.en,
        base.members_watched,
        base.members_present
    ),
    '/imports'
from
    listed as unseen
    cross join base
where
    unseen.what = 'leavers'
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
        'Groups without a member list, of which only speakers are known, so that activity is too high: {} ({}).',
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
        '{} 个群本周没有聊天记录：{}。活跃、新人开口和发言集中度都不算这些群，合计按 {} 人里的 {} 人算；只在这些群的人，分层只看订单。',
        unseen.groups,
        unseen.zh,
        base.members_present,
        base.members_heard
    ),
    format(
        'Groups without a chat log of the week: {} ({}). Activity, newcomers speaking and talk concentration leave them out; over all they are of {} of {} members. Segments of who is only there rest on orders alone.',
        unseen.groups,
        unseen.en,
        base.members_heard,
        base.members_present
    ),
    '/imports'
from
    listed as unseen
    cross join base
where
    unseen.what = 'messages'
union all
select
    'log_begins',
    'warn',
    format('{} 个群的聊天记录从本周才开始：{}。发言人数和消息数不能和上周比。', groups, zh),
    format(
        'The chat {2} this week: {1}. Speakers and messages do not compare with last week.',
        groups,
        en,
        if (
            groups = 1,
            'log of one group begins',
            format('logs of {} groups begin', groups)
        )
    ),
    '/imports'
from
    listed
where
    what = 'begins'
union all
select
    'rejected_rows',
    'info',
    format('有 {} 行没能导入（{} 个文件），行号和原因见导入页。', rows, files),
    format(
        'Rows that could not be imported: {}, in files: {}; see the imports page for lines and reasons.',
        rows,
        files
    ),
    '/imports'
from
    rejected
where
    rows > 0
