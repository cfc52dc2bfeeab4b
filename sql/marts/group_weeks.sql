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
  member_weeks: Time that members were there, in weeks; a stay of half the week is 0.5. Ends at as_of.
  joins: Stays of members that began this week.
  joins_implied: Of these, known only from the first message.
  leaves: Stays of members that ended this week.
  speakers: Members who sent a counted message.
  messages: Counted messages of members.
  buyers: Members present with a valid order of the group.
  orders: Valid orders of the group.
  net_amount: Their net amount in the workspace's currency.
  invites: Joins that a member, not staff, invited.
  is_new: The group was created, or first seen, this week.
  is_dead: Has a chat log of the 14 days to the week's end, and no member spoke in them.
  unmatched_orders: Valid orders stated for the group whose buyer matches nobody.
checks:
  - members_end = members_start + joins - leaves
*/
with
    -- Of whoever was there before the data, or left before anybody was seen to join, the group is as old.
    signs as (
        select
            group_id,
            bool_or(joined_at is null) as is_old,
            min(coalesce(joined_at, left_at)) as first_at
        from
            marts.memberships
        where
            is_member
        group by
            group_id
    ),
    spine as (
        select
            groups.group_id,
            weeks.week,
            weeks.ends_at,
            coalesce(
                groups.created_at >= weeks.starts_at
                and groups.created_at < weeks.ends_at,
                false
            ) as is_new,
            coalesce(groups.messages_from <= weeks.week - 7, false)
            and coalesce(
                groups.created_at <= weeks.ends_at - interval 14 day,
                true
            ) as is_seen,
            -- Of a week that is not over, what is left of it after as_of.
            greatest(
                epoch(
                    (weeks.week + 7)::timestamp - local_time (settings.as_of)
                ),
                0
            ) / 604800 as ahead
        from
            marts.groups
            cross join intermediate.int_weeks as weeks
            cross join config.settings
            left join signs using (group_id)
        where
            groups.created_at is null
            or groups.created_at < weeks.ends_at
            or signs.is_old
            or signs.first_at < weeks.ends_at
    ),
    stocks as (
        select
            group_id,
            week,
            sum(members_end)::bigint as members_end,
            sum(members_present)::bigint as members_present,
            sum(speakers)::bigint as speakers,
            sum(messages)::bigint as messages,
            sum(buyers)::bigint as buyers
        from
            marts.segment_weeks
        group by
            group_id,
            week
    ),
    inviters as (
        select distinct
            person_id
        from
            marts.memberships
        where
            is_member
    ),
    flows as (
        -- Each join and leave with the part of its week that is left after it.
        select
            group_id,
            week_of (local_time (happened_at)) as week,
            sum(joined) as joins,
            sum(implied) as joins_implied,
            sum(invited) as invites,
            sum(1 - joined) as leaves,
            sum(
                (2 * joined - 1) * epoch(
                    (week_of (local_time (happened_at)) + 7)::timestamp - local_time (happened_at)
                )
            ) / 604800 as share
        from
            (
                select
                    group_id,
                    joined_at as happened_at,
                    1 as joined,
                    if (join_evidence = 'implied', 1, 0) as implied,
                    if (inviters.person_id is null, 0, 1) as invited
                from
                    marts.memberships
                    left join inviters on inviters.person_id = memberships.inviter_id
                where
                    is_member
                    and joined_at is not null
                union all
                select
                    group_id,
                    left_at,
                    0,
                    0,
                    0
                from
                    marts.memberships
                where
                    is_member
                    and left_at is not null
            )
        group by all
    ),
    opening as (
        -- Who was there when the first week began.
        select
            memberships.group_id,
            count(*) as members
        from
            marts.memberships
            cross join (
                select
                    min(starts_at) as starts_at
                from
                    intermediate.int_weeks
            ) as first_week
        where
            memberships.is_member
            and coalesce(
                memberships.joined_at < first_week.starts_at,
                true
            )
            and coalesce(memberships.left_at >= first_week.starts_at, true)
        group by
            memberships.group_id
    ),
    counted as (
        select
            spine.group_id,
            spine.week,
            coalesce(opening.members, 0) + coalesce(
                sum(flows.joins - flows.leaves) over (
                    partition by
                        spine.group_id
                    order by
                        spine.week rows between unbounded preceding
                        and 1 preceding
                ),
                0
            ) as members_start,
            coalesce(flows.joins, 0) as joins,
            coalesce(flows.joins_implied, 0) as joins_implied,
            coalesce(flows.leaves, 0) as leaves,
            coalesce(flows.invites, 0) as invites,
            spine.is_new,
            spine.is_seen,
            spine.ahead,
            coalesce(flows.share, 0) as share
        from
            spine
            left join opening using (group_id)
            left join flows using (group_id, week)
    )
select
    counted.group_id,
    counted.week,
    counted.members_start::bigint as members_start,
    coalesce(stocks.members_end, 0) as members_end,
    coalesce(stocks.members_present, 0) as members_present,
    round(
        counted.members_start + counted.share - coalesce(stocks.members_end, 0) * counted.ahead,
        6
    ) as member_weeks,
    counted.joins::bigint as joins,
    counted.joins_implied::bigint as joins_implied,
    counted.leaves::bigint as leaves,
    coalesce(stocks.speakers, 0) as speakers,
    coalesce(stocks.messages, 0) as messages,
    coalesce(stocks.buyers, 0) as buyers,
    coalesce(orders.orders, 0) as orders,
    coalesce(orders.net_amount, 0)::decimal(18, 2) as net_amount,
    counted.invites::bigint as invites,
    counted.is_new,
    counted.is_seen
    and coalesce(stocks.messages, 0) = 0
    and coalesce(before.messages, 0) = 0 as is_dead,
    coalesce(orders.valid_orders - orders.matched_orders, 0) as unmatched_orders
from
    counted
    left join stocks using (group_id, week)
    left join stocks as before on before.group_id = counted.group_id
    and before.week = counted.week - 7
    left join marts.order_weeks as orders using (group_id, week)
