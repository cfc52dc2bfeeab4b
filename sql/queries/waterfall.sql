/*
title: From exports to KPIs
description: How many rows each step kept, from the lines of the files to what the KPIs count.
*/
select
    step,
    "rows"
from
    (
        select
            1 as place,
            'lines read' as step,
            coalesce(sum(read), 0) as "rows"
        from
            report.imports
        union all
        select
            2,
            'lines rejected',
            coalesce(sum(rejected), 0)
        from
            report.imports
        union all
        select
            3,
            'lines imported before',
            coalesce(sum(duplicate), 0)
        from
            report.imports
        union all
        select
            4,
            'messages in groups',
            count(*)
        from
            marts.messages
        union all
        select
            5,
            'messages that count',
            count(*) filter(is_counted)
        from
            marts.messages
        union all
        select
            6,
            'persons',
            count(*)
        from
            marts.people
        union all
        select
            7,
            'paid orders',
            count(*)
        from
            marts.orders
        union all
        select
            8,
            'valid orders',
            count(*) filter(is_valid)
        from
            marts.orders
        union all
        select
            9,
            'matched to a person',
            count(*) filter(
                is_valid
                and person_id is not null
            )
        from
            marts.orders
        union all
        select
            10,
            'counted for a group',
            count(*) filter(is_counted)
        from
            marts.orders
    )
order by
    place
