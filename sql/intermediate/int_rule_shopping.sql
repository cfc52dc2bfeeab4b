/*
title: Orders for the rules
description: >-
  Per group and week orders and buyers of four weeks, orders 30 days old and their refunds, buyers who are overdue, the largest item, level-ups, and dormant members worth trying first.
grain: [group_id, week]
*/
with
    bought as (
        select distinct
            group_id,
            person_id,
            week
        from
            marts.buyer_weeks
        where
            group_id <> '*'
    ),
    buyers as (
        select
            weeks.group_id,
            weeks.week,
            count(distinct bought.person_id) as buyers_4w
        from
            intermediate.int_rule_weeks as weeks
            inner join bought on bought.group_id = weeks.group_id
            and bought.week between weeks.week - 21 and weeks.week
        group by
            weeks.group_id,
            weeks.week
    ),
    ordered as (
        select
            orders.shop_id,
            orders.order_id,
            orders.group_id,
            orders.week,
            orders.refunded_amount > 0 as is_refunded,
            orders.is_counted
        from
            marts.orders
        where
            orders.group_id is not null
    ),
    order_weeks as (
        select
            group_id,
            week,
            count(*) filter(is_counted) as orders,
            count(*) as paid,
            count(*) filter(is_refunded) as refunded
        from
            ordered
        group by
            group_id,
            week
    ),
    recent as (
        select
            weeks.group_id,
            weeks.week,
            sum(order_weeks.orders)::bigint as orders_4w
        from
            intermediate.int_rule_weeks as weeks
            inner join order_weeks on order_weeks.group_id = weeks.group_id
            and order_weeks.week between weeks.week - 21 and weeks.week
        group by
            weeks.group_id,
            weeks.week
    ),
    item_weeks as (
        select
            ordered.group_id,
            ordered.week,
            coalesce(items.title, items.sku, items.item_id) as item,
            sum(items.amount) as amount
        from
            ordered
            inner join staging.stg_order_items as items using (shop_id, order_id)
        where
            ordered.is_counted
            and items.amount > 0
        group by all
    ),
    item_spans as (
        select
            weeks.group_id,
            weeks.week,
            item_weeks.item,
            sum(item_weeks.amount) as amount
        from
            intermediate.int_rule_weeks as weeks
            inner join item_weeks on item_weeks.group_id = weeks.group_id
            and item_weeks.week between weeks.week - 21 and weeks.week
        group by
            weeks.group_id,
            weeks.week,
            item_weeks.item
    ),
    top_items as (
        select
            group_id,
            week,
            max_by(item, (amount, item)) as top_item,
            max(amount) / sum(amount)::double as top_item_share
        from
            item_spans
        group by
            group_id,
            week
    ),
    gaps as (
        select
            quantile_cont(gap, 0.75) as gap_days
        from
            (
                select
                    date_diff('day', paid_day, lead (paid_day) over person) as gap
                from
                    intermediate.int_purchase_days
                window
                    person as (
                        partition by
                            person_id
                        order by
                            paid_day
                    )
            )
        where
            gap is not null
        having
            count(*) >= 20
    ),
    persons as (
        select
            members.group_id,
            members.week,
            count(*) filter(
                bought.person_id is not null
                and date_diff('day', persons.last_order_day, members.week + 7) > gaps.gap_days
            ) as overdue_buyers,
            any_value(gaps.gap_days) as repurchase_gap_p75,
            count(*) filter(
                persons.segment = 'dormant'
                and (
                    persons.last_order_day is not null
                    or persons.last_message_at is not null
                )
            ) as dormant_known,
            count(*) filter(persons.segment = 'dormant') as dormant
        from
            marts.member_weeks as members
            semi join intermediate.int_rule_weeks as weeks on weeks.group_id = members.group_id
            and weeks.week = members.week
            inner join marts.person_weeks as persons on persons.person_id = members.person_id
            and persons.week = members.week
            left join (
                select distinct
                    group_id,
                    person_id
                from
                    bought
            ) as bought on bought.group_id = members.group_id
            and bought.person_id = members.person_id
            left join gaps on true
        where
            members.is_member_end
            and (
                persons.last_order_day is not null
                or persons.segment = 'dormant'
            )
        group by
            members.group_id,
            members.week
    ),
    levels as (
        select
            lists.group_id,
            lists.person_key,
            week_of (local_time (lists.snapshot_at)) as week,
            lists.level <> lag (lists.level) over (
                partition by
                    lists.group_id,
                    lists.person_key
                order by
                    lists.snapshot_at
            ) as is_changed
        from
            staging.stg_member_lists as lists
        where
            lists.level is not null
            and lists.snapshot_at is not null
    ),
    level_weeks as (
        select
            weeks.group_id,
            weeks.week,
            count(distinct levels.person_key) filter(levels.is_changed) as level_ups_4w
        from
            intermediate.int_rule_weeks as weeks
            inner join levels on levels.group_id = weeks.group_id
            and levels.week between weeks.week - 21 and weeks.week
        group by
            weeks.group_id,
            weeks.week
    )
select
    weeks.group_id,
    weeks.week,
    coalesce(recent.orders_4w, 0) as orders_4w,
    coalesce(buyers.buyers_4w, 0) as buyers_4w,
    coalesce(mature.paid, 0) as mature_orders,
    coalesce(mature.refunded, 0) as mature_refunded,
    coalesce(persons.overdue_buyers, 0) as overdue_buyers,
    persons.repurchase_gap_p75,
    least(
        coalesce(persons.dormant_known, 0),
        ceil(0.3 * coalesce(persons.dormant, 0))
    )::bigint as wakeable,
    top_items.top_item,
    top_items.top_item_share,
    level_weeks.level_ups_4w
from
    intermediate.int_rule_weeks as weeks
    left join recent using (group_id, week)
    left join buyers using (group_id, week)
    left join order_weeks as mature on mature.group_id = weeks.group_id
    and mature.week = weeks.week - 35
    left join persons on persons.group_id = weeks.group_id
    and persons.week = weeks.week
    left join top_items on top_items.group_id = weeks.group_id
    and top_items.week = weeks.week
    left join level_weeks on level_weeks.group_id = weeks.group_id
    and level_weeks.week = weeks.week
