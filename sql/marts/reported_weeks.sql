/*
title: Orders as known when their week ended
description: >-
  What order figures of a group ('*' = all) and week read at the end of that week, before later refunds. Today's figures
  plus what changed: only people with an order that changed since are counted again.
grain: [group_id, week]
columns:
  group_id: The group, or '*'.
  week: First day of the local week.
  orders: Orders that were valid then.
  net_amount: Their net amount in the workspace's currency as it was then.
  priced_orders: Of the orders, those in that currency.
  buyers: Members with one of them.
  repeat_buyers: Of these, with an earlier purchase day that was valid then.
  present_buyers: Of the buyers, those present in the week.
  members_present: Members whose stay overlaps the week.
*/
with
    changed as (
        select
            *
        from
            intermediate.int_restated_orders
    ),
    -- All orders of everyone with a changed one, in each group and under '*'.
    concerned as (
        select
            orders.shop_id,
            orders.order_id,
            orders.person_id,
            orders.week,
            orders.is_valid,
            orders.is_valid
            or coalesce(changed.net_then > 0, false) as was_valid,
            changed.lost_at
        from
            intermediate.int_orders as orders
            semi join changed on changed.person_id = orders.person_id
            left join changed using (shop_id, order_id)
    ),
    attributed as (
        select
            groups.group_id,
            concerned.*
        from
            concerned
            inner join intermediate.int_order_groups as groups using (shop_id, order_id)
        union all
        select
            '*',
            concerned.*
        from
            concerned
            semi join intermediate.int_order_groups as groups using (shop_id, order_id)
    ),
    sums as (
        select
            attributed.group_id,
            attributed.week,
            count(*) filter(
                attributed.was_valid
                and not attributed.is_valid
            ) as orders,
            count(*) filter(
                attributed.was_valid
                and not attributed.is_valid
                and changed.currency = settings.currency
            ) as priced_orders,
            sum(
                if (
                    changed.currency = settings.currency,
                    changed.net_then - changed.net_now,
                    0
                )
            ) as net_amount
        from
            attributed
            inner join changed using (shop_id, order_id)
            cross join config.settings
        group by
            attributed.group_id,
            attributed.week
    ),
    buyers as (
        select
            group_id,
            person_id,
            week,
            bool_or(was_valid) as was_buyer,
            bool_or(is_valid) as is_buyer
        from
            attributed
        group by
            group_id,
            person_id,
            week
    ),
    -- Earlier purchases count wherever they were made: of no group too, and before the first week of the review.
    purchases as (
        select
            person_id,
            week,
            -- Null: valid to this day.
            if (bool_or(is_valid), null, max(lost_at)) as lost_at
        from
            concerned
        where
            was_valid
        group by
            person_id,
            week
    ),
    judged as (
        select
            buyers.group_id,
            buyers.person_id,
            buyers.week,
            buyers.was_buyer,
            buyers.is_buyer,
            coalesce(
                bool_or(
                    purchases.lost_at is null
                    or purchases.lost_at >= weeks.ends_at
                ) filter(purchases.person_id is not null),
                false
            ) as was_repeat,
            coalesce(
                bool_or(purchases.lost_at is null) filter(purchases.person_id is not null),
                false
            ) as is_repeat
        from
            buyers
            inner join intermediate.int_weeks as weeks using (week)
            left join purchases on purchases.person_id = buyers.person_id
            and purchases.week < buyers.week
        group by
            buyers.group_id,
            buyers.person_id,
            buyers.week,
            buyers.was_buyer,
            buyers.is_buyer
    ),
    present as (
        select
            judged.group_id,
            judged.person_id,
            judged.week
        from
            judged
            semi join marts.participation as people using (group_id, person_id, week)
        where
            judged.was_buyer
            and not judged.is_buyer
    ),
    people as (
        select
            judged.group_id,
            judged.week,
            count(*) filter(
                judged.was_buyer
                and not judged.is_buyer
            ) as buyers,
            count(*) filter(
                judged.was_buyer
                and judged.was_repeat
            ) - count(*) filter(
                judged.is_buyer
                and judged.is_repeat
            ) as repeat_buyers,
            count(present.person_id) as present_buyers
        from
            judged
            left join present using (group_id, person_id, week)
        group by
            judged.group_id,
            judged.week
    ),
    members as (
        select
            group_id,
            week,
            sum(members_present)::bigint as members_present,
            sum(buyers)::bigint as buyers
        from
            marts.segment_weeks
        group by
            group_id,
            week
    )
select
    now.group_id,
    now.week,
    now.orders + coalesce(sums.orders, 0) as orders,
    (now.net_amount + coalesce(sums.net_amount, 0))::decimal(18, 2) as net_amount,
    now.priced_orders + coalesce(sums.priced_orders, 0) as priced_orders,
    coalesce(repurchase.buyers, 0) + coalesce(people.buyers, 0) as buyers,
    coalesce(repurchase.repeat_buyers, 0) + coalesce(people.repeat_buyers, 0) as repeat_buyers,
    coalesce(members.buyers, 0) + coalesce(people.present_buyers, 0) as present_buyers,
    coalesce(members.members_present, 0) as members_present
from
    marts.order_weeks as now
    left join marts.repurchase_weeks as repurchase using (group_id, week)
    left join members using (group_id, week)
    left join sums using (group_id, week)
    left join people using (group_id, week)
