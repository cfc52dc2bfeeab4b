/*
title: Accounts behind identity suggestions
description: >-
  The accounts that a suggestion is about, side by side, with what tells them apart: for a shared phone the one asked
  about and all others on it that were not parted, for a nickname the buyer and the member. Names are masked.
grain: [suggestion_id, person_key]
columns:
  suggestion_id: The suggestion, as in marts.identity_suggestions.
  person_key: The account's key.
  is_left: It is the suggestion's left key.
  name: Last name seen of the account, masked.
  platform: Where the account is from, as its list says.
  platform_zh: What people call that place in Chinese; as the list says where seeds.platforms has no name.
  platform_en: The same in English.
  groups: Names of the groups that a list or a log has it in, in alphabetical order.
  joined_on: Day of the first stated join (local).
  orders: Valid orders of the account itself.
  net_amount: Their net amount in the workspace's currency.
  last_order_on: Day of the last of them (local).
*/
with
    asked as (
        select
            suggestion_id,
            kind,
            left_key,
            right_key
        from
            marts.identity_suggestions
        where
            is_asked
            or status <> 'pending'
    ),
    sides as (
        select
            suggestion_id,
            left_key as person_key,
            true as is_left
        from
            asked
        union all
        select
            suggestion_id,
            right_key,
            false
        from
            asked
        where
            kind <> 'shared_phone'
        union all
        select
            asked.suggestion_id,
            others.left_key,
            false
        from
            asked
            inner join marts.identity_suggestions as others on others.right_key = asked.right_key
            and others.kind = asked.kind
            and others.left_key <> asked.left_key
            and others.status <> 'rejected'
        where
            asked.kind = 'shared_phone'
    ),
    named as (
        select
            contacts.person_key,
            masked_name (
                max_by(
                    contacts.name,
                    (
                        coalesce(contacts.seen_at, since_before ()),
                        contacts.name
                    )
                )
            ) as name,
            max(contacts.platform) as platform
        from
            staging.stg_contacts as contacts
            semi join sides using (person_key)
        group by
            contacts.person_key
    ),
    stood as (
        select
            seen.person_key,
            list_sort(
                list(distinct coalesce(groups.name, seen.group_id))
            ) as groups,
            min(seen.joined_at) as joined_at
        from
            (
                select
                    person_key,
                    group_id,
                    joined_at
                from
                    staging.stg_member_lists
                union all
                select
                    person_key,
                    group_id,
                    null
                from
                    staging.stg_contacts
            ) as seen
            semi join sides using (person_key)
            inner join marts.groups on groups.group_id = seen.group_id
        group by
            seen.person_key
    ),
    bought as (
        select
            orders.buyer_key as person_key,
            count(*) as orders,
            sum(
                if (
                    orders.currency = settings.currency,
                    orders.net_amount,
                    0
                )
            ) as net_amount,
            max(orders.paid_at) as last_order_at
        from
            intermediate.int_orders as orders
            cross join config.settings
            semi join sides on sides.person_key = orders.buyer_key
        where
            orders.is_valid
        group by
            orders.buyer_key
    )
select
    sides.suggestion_id,
    sides.person_key,
    sides.is_left,
    named.name,
    named.platform,
    coalesce(places.zh, named.platform) as platform_zh,
    coalesce(places.en, named.platform) as platform_en,
    coalesce(stood.groups, []) as groups,
    local_time (stood.joined_at)::date as joined_on,
    coalesce(bought.orders, 0) as orders,
    coalesce(bought.net_amount, 0)::decimal(18, 2) as net_amount,
    local_time (bought.last_order_at)::date as last_order_on
from
    sides
    left join named using (person_key)
    left join seeds.platforms as places on places.platform = lower(named.platform)
    left join stood using (person_key)
    left join bought using (person_key)
