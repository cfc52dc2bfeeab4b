/*
title: The same part of the week before
description: >-
  What KPIs of the week before the one that is not over had come to at the same weekday and hour, per group ('*' = all
  groups): a week of three days is held against three days. Empty when the newest week is complete. Only KPIs that run
  up from counted events; refunds, recalls and lists are taken as known now.
grain: [kpi, group_id, week]
columns:
  kpi: The KPI.
  group_id: The group, or '*'.
  week: First day of the week that is not over.
  numerator: As the KPI's, of the week before up to the same moment.
  denominator: As the KPI's; null for a count.
*/
with
    span as (
        select
            weeks.week,
            utc_time ((weeks.week - 7)::timestamp, false) as begins_at,
            settings.as_of - interval 7 day as ends_at
        from
            intermediate.int_weeks as weeks
            cross join config.settings
        where
            not weeks.is_complete
    ),
    stays as (
        select
            memberships.group_id,
            memberships.person_id,
            bool_or(
                memberships.left_at is null
                or memberships.left_at > span.begins_at
                or memberships.observed_from is not null
            ) as is_present,
            bool_or(
                memberships.left_at is null
                or memberships.left_at >= span.ends_at
            ) as is_member_end,
            bool_or(span.week - 7 >= groups.messages_from) as is_heard,
            bool_or(groups.has_leavers) as is_watched,
            count(*) filter(memberships.joined_at >= span.begins_at) as joins,
            count(*) filter(memberships.left_at < span.ends_at) as leaves
        from
            marts.memberships
            inner join marts.groups using (group_id)
            cross join span
        where
            memberships.is_member
            and (
                memberships.joined_at is null
                or memberships.joined_at < span.ends_at
            )
            and (
                memberships.left_at is null
                or memberships.left_at >= span.begins_at
            )
        group by
            memberships.group_id,
            memberships.person_id
    ),
    said as (
        select
            messages.group_id,
            messages.person_id,
            count(*) as messages,
            bool_or(messages.is_organic) as is_organic
        from
            marts.messages
            cross join span
        where
            messages.is_counted
            and messages.role = 'member'
            and messages.sent_at >= span.begins_at
            and messages.sent_at < span.ends_at
        group by
            messages.group_id,
            messages.person_id
    ),
    bought as (
        select
            orders.group_id,
            orders.person_id,
            count(*) as orders,
            count(*) filter(orders.is_priced) as priced_orders,
            sum(orders.net_amount)::double as net_amount
        from
            intermediate.int_buyer_orders as orders
            cross join span
        where
            orders.paid_at >= span.begins_at
            and orders.paid_at < span.ends_at
        group by
            orders.group_id,
            orders.person_id
    ),
    -- Each person once in a group, and once over all.
    people as (
        select
            stays.group_id,
            stays.person_id,
            stays.is_member_end,
            coalesce(stays.is_heard, false) as is_heard,
            stays.is_watched,
            said.messages,
            said.is_organic,
            bought.person_id is not null as has_bought
        from
            stays
            left join said using (group_id, person_id)
            left join bought using (group_id, person_id)
        where
            stays.is_present
        union all
        select
            '*',
            stays.person_id,
            bool_or(stays.is_member_end),
            coalesce(bool_or(stays.is_heard), false),
            bool_or(stays.is_watched),
            sum(said.messages),
            bool_or(said.is_organic),
            bool_or(bought.person_id is not null)
        from
            stays
            left join said using (group_id, person_id)
            left join bought on bought.group_id = '*'
            and bought.person_id = stays.person_id
        where
            stays.is_present
        group by
            stays.person_id
    ),
    sums as (
        select
            group_id,
            count(*) as present,
            count(*) filter(is_heard) as heard,
            count(*) filter(is_watched) as watched,
            count(*) filter(is_member_end) as members_end,
            count(messages) as speakers,
            coalesce(sum(messages), 0) as messages,
            count(*) filter(is_organic) as organic,
            count(*) filter(has_bought) as buyers
        from
            people
        group by
            group_id
    ),
    moves as (
        select
            coalesce(group_id, '*') as group_id,
            sum(joins) as joins,
            sum(leaves) as leaves,
            sum(joins - leaves) filter(is_watched) as net_growth
        from
            stays
        group by
            grouping sets ((group_id), ())
    ),
    shopping as (
        select
            group_id,
            -- As the KPI has it: of the group's orders, whether or not the buyer was there.
            count(*) as all_buyers,
            sum(orders) as orders,
            sum(priced_orders) as priced_orders,
            sum(net_amount) as net_amount
        from
            bought
        group by
            group_id
    ),
    wide as (
        select
            *
        from
            sums
            left join moves using (group_id)
            left join shopping using (group_id)
    )
select
    figure.kpi,
    wide.group_id,
    span.week,
    figure.numerator::double as numerator,
    figure.denominator::double as denominator
from
    wide
    cross join span
    cross join lateral (
        values
            ('activity_rate', wide.speakers, wide.heard),
            ('organic_activity_rate', wide.organic, wide.heard),
            ('conversion_rate', wide.buyers, wide.present),
            (
                'churn_rate',
                wide.present - wide.members_end,
                wide.watched
            ),
            ('members_end', wide.members_end, null),
            ('speakers', wide.speakers, null),
            ('messages', wide.messages, null),
            (
                'messages_per_speaker',
                wide.messages,
                wide.speakers
            ),
            ('buyers', coalesce(wide.all_buyers, 0), null),
            ('orders', coalesce(wide.orders, 0), null),
            ('gmv_net', coalesce(wide.net_amount, 0), null),
            (
                'aov',
                coalesce(wide.net_amount, 0),
                coalesce(wide.priced_orders, 0)
            ),
            ('joins', wide.joins, null),
            ('leaves', wide.leaves, null),
            ('net_growth', wide.net_growth, null)
    ) as figure (kpi, numerator, denominator)
