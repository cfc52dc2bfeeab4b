/*
title: Events of the calendar for the rules
description: >-
  Per group and week flash sales, group buys and lotteries, who took part (spoke or bought while it ran, two hours where no end is given), and flash sales without a notice 12 to 36 hours before.
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
                and notices.row_key is null
            ) as flash_sales_without_notice
        from
            events
            left join notices using (row_key, group_id)
        group by
            events.group_id,
            events.week
    ),
    present as (
        select
            events.group_id,
            events.week,
            messages.person_id
        from
            events
            inner join marts.messages on messages.group_id = events.group_id
            and messages.sent_at between events.starts_at and events.ends_at
        where
            messages.role = 'member'
            and messages.is_counted
        union
        select
            events.group_id,
            events.week,
            orders.person_id
        from
            events
            inner join marts.orders on orders.group_id = events.group_id
            and orders.paid_at between events.starts_at and events.ends_at
        where
            orders.is_counted
    ),
    participants as (
        select
            group_id,
            week,
            count(*) as participants
        from
            present
        group by
            group_id,
            week
    )
select
    counts.*,
    coalesce(participants.participants, 0) as participants
from
    counts
    left join participants using (group_id, week)
