-- Orders as exports stated them. Lists that people keep count from 1 in each file, for each month or each sale: the same short
-- number on another day is another order, and has its day in front. Numbers of shops are longer, and have a shop beside them.
create or replace macro stated_orders () as table
select
    orders.* exclude (day, listed_id) replace(
        if (
            apart.order_id is null
            or orders.day is null,
            orders.order_id,
            strftime(orders.day, '%Y-%m-%d') || '/' || orders.order_id
        ) as order_id
    )
from
    (
        select
            *,
            coalesce(created_at, paid_at)::date as day,
            if (shop_id = '', order_id, null) as listed_id
        from
            lake.orders
    ) as orders
    left join (
        select
            order_id
        from
            lake.orders
        where
            shop_id = ''
            and strlen(order_id) <= 4
            and regexp_full_match(order_id, '\d+')
        group by
            order_id
        having
            count(distinct coalesce(created_at, paid_at)::date) > 1
    ) as apart on apart.order_id = orders.listed_id;
