/*
title: Weeks by weekday
description: >-
  What each weekday adds to the counts of a group ('*' = all) and week, so that their changes can be split by weekday.
  Who is counted once a week belongs to the first day on which they spoke or bought.
grain: [group_id, week, weekday]
columns:
  group_id: The group, or '*'.
  week: First day of the local week.
  weekday: 1 = Monday … 7 = Sunday, local.
  messages: Counted messages of members.
  speakers: Members who spoke on that day first in the week.
  orders: Valid orders of members.
  net_amount: Their net amount in the workspace's currency.
  buyers: Members present whose first purchase of the week was on that day.
  joins: Stays of members that began.
  leaves: Stays of members that ended.
*/
with
    said as (
        select
            days.group_id,
            days.week,
            isodow(days.day) as weekday,
            sum(days.messages) as amount
        from
            intermediate.int_speaking_days as days
            inner join intermediate.int_group_members as members using (group_id, person_id)
        group by all
    ),
    spoke as (
        select
            speaking.group_id,
            speaking.person_id,
            speaking.week,
            speaking.first_day,
            members.in_several
        from
            intermediate.int_speaking_weeks as speaking
            inner join intermediate.int_group_members as members using (group_id, person_id)
    ),
    speakers as (
        select
            group_id,
            week,
            isodow(first_day) as weekday,
            count(*) as amount,
            count(*) filter(not in_several) as alone
        from
            spoke
        group by all
    ),
    several as (
        select
            week,
            isodow(first_day) as weekday,
            count(*) as amount
        from
            (
                select
                    person_id,
                    week,
                    min(first_day) as first_day
                from
                    spoke
                where
                    in_several
                group by
                    person_id,
                    week
            )
        group by all
    ),
    buyers as (
        select
            first_days.group_id,
            first_days.week,
            isodow(first_days.first_day) as weekday,
            count(*) as amount
        from
            marts.participation as present
            inner join (
                select
                    group_id,
                    person_id,
                    week,
                    min(paid_day) as first_day
                from
                    intermediate.int_buyer_orders
                group by all
            ) as first_days using (group_id, person_id, week)
        where
            present.bought
        group by all
    ),
    moves as (
        select
            group_id,
            local_time (joined_at) as happened_at,
            1 as joins,
            0 as leaves
        from
            marts.memberships
        where
            is_member
            and joined_at is not null
        union all
        select
            group_id,
            local_time (left_at),
            0,
            1
        from
            marts.memberships
        where
            is_member
            and left_at is not null
    ),
    moved as (
        select
            group_id,
            week_of (happened_at) as week,
            isodow(happened_at) as weekday,
            sum(joins) as joins,
            sum(leaves) as leaves
        from
            moves
        group by all
    ),
    parts as (
        select
            coalesce(group_id, '*') as group_id,
            week,
            weekday,
            sum(amount) as messages,
            0 as speakers,
            0 as orders,
            0::decimal(18, 2) as net_amount,
            0 as buyers,
            0 as joins,
            0 as leaves
        from
            said
        group by
            grouping sets ((group_id, week, weekday), (week, weekday))
        union all
        select
            group_id,
            week,
            weekday,
            0,
            amount,
            0,
            0,
            0,
            0,
            0
        from
            speakers
        union all
        select
            '*',
            week,
            weekday,
            0,
            alone,
            0,
            0,
            0,
            0,
            0
        from
            speakers
        union all
        select
            '*',
            week,
            weekday,
            0,
            amount,
            0,
            0,
            0,
            0,
            0
        from
            several
        union all
        select
            group_id,
            week,
            isodow(paid_day),
            0,
            0,
            1,
            net_amount,
            0,
            0,
            0
        from
            intermediate.int_buyer_orders
        union all
        select
            group_id,
            week,
            weekday,
            0,
            0,
            0,
            0,
            amount,
            0,
            0
        from
            buyers
        union all
        select
            coalesce(group_id, '*'),
            week,
            weekday,
            0,
            0,
            0,
            0,
            0,
            sum(joins),
            sum(leaves)
        from
            moved
        group by
            grouping sets ((group_id, week, weekday), (week, weekday))
    )
select
    group_id,
    week,
    weekday::tinyint as weekday,
    sum(messages)::bigint as messages,
    sum(speakers)::bigint as speakers,
    sum(orders)::bigint as orders,
    sum(net_amount)::decimal(18, 2) as net_amount,
    sum(buyers)::bigint as buyers,
    sum(joins)::bigint as joins,
    sum(leaves)::bigint as leaves
from
    parts
where
    week is not null
group by
    group_id,
    week,
    weekday
