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
    refunds as (
        select
            shop_id,
            order_id,
            min(known_at) as known_at
        from
            staging.stg_refund_times
        group by
            shop_id,
            order_id
    ),
    ordered as (
        select
            orders.shop_id,
            orders.order_id,
            groups.group_id,
            orders.week,
            -- Within 30 days, which every week that counts has had: older ones have had time for more.
            orders.refunded_amount > 0
            and coalesce(
                refunds.known_at <= orders.paid_at + interval 30 day,
                true
            ) as is_refunded,
            orders.is_counted,
            orders.currency = settings.currency as is_priced
        from
            marts.orders as orders
            inner join intermediate.int_order_groups as groups using (shop_id, order_id)
            left join refunds using (shop_id, order_id)
            cross join config.settings
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
            -- Amounts of two currencies do not add up: what is paid in another is left out, as it is of sales.
            and ordered.is_priced
            and items.amount > 0
        group by all
    ),
    item_orders as (
        select
            weeks.group_id,
            weeks.week,
            count(distinct (ordered.shop_id, ordered.order_id)) as item_orders_4w
        from
            intermediate.int_rule_weeks as weeks
            inner join ordered on ordered.group_id = weeks.group_id
            and ordered.week between weeks.week - 21 and weeks.week
            semi join staging.stg_order_items as items on items.shop_id = ordered.shop_id
            and items.order_id = ordered.order_id
            and items.amount > 0
        where
            ordered.is_counted
            and ordered.is_priced
        group by
            weeks.group_id,
            weeks.week
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
    persons as (
        select
            members.group_id,
            members.week,
            count(*) filter(
                bought.person_id is not null
                and opted_out.person_id is null
                -- Who bought after the orders end that were imported has been away no longer than until then.
                and date_diff(
                    'day',
                    persons.last_order_day,
                    least(
                        members.week + 7,
                        local_time (sold.until_at)::date
                    )
                ) > gaps.gap_days
            ) as overdue_buyers,
            any_value(gaps.gap_days) as repurchase_gap_p75,
            count(*) filter(
                persons.segment = 'dormant'
                and opted_out.person_id is null
                and (
                    persons.last_order_day is not null
                    or persons.last_message_at is not null
                )
            ) as dormant_known,
            -- As many as the list has.
            count(*) filter(
                persons.segment = 'dormant'
                and opted_out.person_id is null
            ) as dormant_listed
        from
            marts.member_weeks as members
            semi join intermediate.int_rule_weeks as weeks on weeks.group_id = members.group_id
            and weeks.week = members.week
            inner join marts.person_weeks as persons on persons.person_id = members.person_id
            and persons.week = members.week
            left join (
                select
                    group_id,
                    person_id,
                    min(week) as first_week
                from
                    bought
                group by
                    group_id,
                    person_id
            ) as bought on bought.group_id = members.group_id
            and bought.person_id = members.person_id
            and bought.first_week <= members.week
            left join intermediate.int_rule_gaps as gaps on gaps.week = members.week
            cross join intermediate.int_orders_until as sold
            left join (
                select
                    person_id
                from
                    marts.outreach
                where
                    is_opted_out
            ) as opted_out on opted_out.person_id = members.person_id
        where
            members.is_member_end
            and (
                persons.last_order_day is not null
                or persons.segment = 'dormant'
            )
        group by
            members.group_id,
            members.week
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
        ceil(0.3 * coalesce(persons.dormant_listed, 0))
    )::bigint as wakeable,
    top_items.top_item,
    top_items.top_item_share,
    coalesce(item_orders.item_orders_4w, 0) as item_orders_4w,
    levels.level_ups_4w
from
    intermediate.int_rule_weeks as weeks
    left join recent using (group_id, week)
    left join buyers using (group_id, week)
    left join order_weeks as mature on mature.group_id = weeks.group_id
    and mature.week = weeks.week - 35
    left join persons on persons.group_id = weeks.group_id
    and persons.week = weeks.week
    left join item_orders on item_orders.group_id = weeks.group_id
    and item_orders.week = weeks.week
    left join top_items on top_items.group_id = weeks.group_id
    and top_items.week = weeks.week
    left join intermediate.int_rule_levels as levels on levels.group_id = weeks.group_id
    and levels.week = weeks.week
