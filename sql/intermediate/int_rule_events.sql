/*
title: Events of the calendar for the rules
description: >-
  Per group and week flash sales, group buys and lotteries, flash sales without a notice 12 to 36 hours before, and who was there and took part in the events of the week, as the participation rate has it.
grain: [group_id, week]
*/
with
    events as (
        select
            * exclude (product),
            coalesce(product, title) as product
        from
            intermediate.int_events
        where
            type in ('flash_sale', 'group_buy', 'lottery')
    ),
    -- A notice can be missed only in a log that reaches back to when it was due.
    told as (
        select
            events.row_key,
            events.group_id
        from
            events
            inner join marts.groups as groups using (group_id)
        where
            groups.messages_from <= local_time (events.starts_at - interval 36 hour)::date
            and exists (
                select
                    1
                from
                    intermediate.int_rule_weeks as weeks
                where
                    weeks.group_id = events.group_id
                    and weeks.has_log
                    and weeks.week = week_of (local_time (events.starts_at - interval 12 hour))
            )
    ),
    notices as (
        select
            events.row_key,
            events.group_id
        from
            events
            inner join intermediate.int_staff_messages as staff on staff.group_id = events.group_id
            and staff.sent_at between events.starts_at - interval 36 hour and events.starts_at - interval 12 hour
        where
            regexp_matches(staff.text, '预告|剧透|明天|明晚|开抢|开团|提前')
            or contains(staff.text, events.product)
        group by
            events.row_key,
            events.group_id
    ),
    counts as (
        select
            events.group_id,
            events.week,
            count(*) as events,
            count(*) filter(events.type = 'flash_sale') as flash_sales,
            count(*) filter(
                events.type = 'flash_sale'
                and told.row_key is not null
                and notices.row_key is null
            ) as flash_sales_without_notice
        from
            events
            left join told using (row_key, group_id)
            left join notices using (row_key, group_id)
        group by
            events.group_id,
            events.week
    )
select
    counts.*,
    people.present as event_members,
    people.took_part as participants
from
    counts
    left join marts.event_weeks as people using (group_id, week)
