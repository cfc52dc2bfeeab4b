/*
title: Groups by week
description: The counts of each group and week in one row, from the group's first week on.
grain: [group_id, week]
columns:
  group_id: The group.
  week: First day of the local week.
  members_start: Members just before the week's start.
  members_end: Members just before the week's end.
  members_present: Members whose stay overlaps the week.
  joins: Stays of members that began this week.
  joins_implied: Of these, known only from the first message.
  leaves: Stays of members that ended this week.
  speakers: Members who sent a counted message.
  messages: Counted messages of members.
  buyers: Members present with a valid order of the group.
  orders: Valid orders of the group.
  net_amount: Their net amount in the workspace's currency.
  unmatched_orders: Valid orders stated for the group whose buyer matches nobody.
checks:
  - members_end = members_start + joins - leaves
*/
with
    spine as (
        select
            groups.group_id,
            weeks.week,
            weeks.starts_at,
            weeks.ends_at
        from
            marts.groups
            cross join intermediate.int_weeks as weeks
        where
            groups.created_at is null
            or groups.created_at < weeks.ends_at
    ),
    stocks as (
        select
            group_id,
            week,
            count(*) filter(is_member_start) as members_start,
            count(*) filter(is_member_end) as members_end,
            count(*) as members_present,
            count(*) filter(spoke) as speakers,
            sum(messages)::bigint as messages,
            count(*) filter(bought) as buyers
        from
            marts.member_weeks
        group by
            group_id,
            week
    ),
    at_start as (
        -- A stay that ends exactly at the week's start is stock of that instant, though not present in the week.
        select
            memberships.group_id,
            week_of (local_time (memberships.left_at)) as week,
            count(*) as leaving_at_start
        from
            marts.memberships
            inner join intermediate.int_weeks as weeks on weeks.starts_at = memberships.left_at
        where
            memberships.is_member
        group by all
    ),
    joins as (
        select
            group_id,
            week_of (local_time (joined_at)) as week,
            count(*) as joins,
            count(*) filter(join_evidence = 'implied') as joins_implied
        from
            marts.memberships
        where
            is_member
            and joined_at is not null
        group by all
    ),
    leaves as (
        select
            group_id,
            week_of (local_time (left_at)) as week,
            count(*) as leaves
        from
            marts.memberships
        where
            is_member
            and left_at is not null
        group by all
    )
select
    spine.group_id,
    spine.week,
    coalesce(stocks.members_start, 0) + coalesce(at_start.leaving_at_start, 0) as members_start,
    coalesce(stocks.members_end, 0) as members_end,
    coalesce(stocks.members_present, 0) as members_present,
    coalesce(joins.joins, 0) as joins,
    coalesce(joins.joins_implied, 0) as joins_implied,
    coalesce(leaves.leaves, 0) as leaves,
    coalesce(stocks.speakers, 0) as speakers,
    coalesce(stocks.messages, 0) as messages,
    coalesce(stocks.buyers, 0) as buyers,
    coalesce(orders.orders, 0) as orders,
    coalesce(orders.net_amount, 0) as net_amount,
    coalesce(orders.valid_orders - orders.matched_orders, 0) as unmatched_orders
from
    spine
    left join stocks using (group_id, week)
    left join at_start using (group_id, week)
    left join joins using (group_id, week)
    left join leaves using (group_id, week)
    left join marts.order_weeks as orders using (group_id, week)
