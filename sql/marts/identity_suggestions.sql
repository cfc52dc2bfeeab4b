/*
title: Identity suggestions
description: >-
  Pairs of keys that the operator may decide on, and those decided already. A nickname joins nobody until it is
  accepted; two ids of one list on one phone are joined until that is rejected.
grain: [suggestion_id]
columns:
  suggestion_id: Name of the pair for `fupan identity accept` and `reject`; the same in every build.
  kind: nickname (apart until accepted) or shared_phone (joined until rejected); operator for a pair typed in.
  left_key: The buyer's key, or the id that shares a phone.
  right_key: The member's key, or the phone's.
  person_id: The person of the right key as things stand.
  group_id: The one group in which the nickname is unique; null for a contact list or a shared phone.
  status: pending, accepted or rejected.
  is_asked: >-
    Waits for an answer. Of n ids on one phone n - 1 are asked about, those with the least money first: the answer about
    one of two ids is the answer about the other.
  orders: Valid orders of the left key.
  net_amount: Their net amount in the workspace's currency.
  first_order_at: First of them (UTC).
  last_order_at: Last of them (UTC).
  first_order_on: Day of the first of them (local).
  last_order_on: Day of the last of them (local).
  differs_name: shared_phone only. The ids have different names.
  differs_membership: shared_phone only. Some are members of a group, some are not.
  differs_platform: shared_phone only. They come from different platforms.
checks:
  - kind in ('nickname', 'shared_phone', 'operator')
  - status in ('pending', 'accepted', 'rejected')
*/
with
    found as (
        select
            'nickname' as kind,
            buyer_key as left_key,
            member_key as right_key,
            group_id,
            null::boolean as differs_name,
            null::boolean as differs_membership,
            null::boolean as differs_platform
        from
            intermediate.int_identity_names
        union all
        select
            'shared_phone',
            person_key,
            phone_key,
            null,
            differs_name,
            differs_membership,
            differs_platform
        from
            intermediate.int_identity_conflicts
    ),
    pairs as (
        select
            coalesce(found.kind, decisions.kind) as kind,
            coalesce(found.left_key, decisions.left_key) as left_key,
            coalesce(found.right_key, decisions.right_key) as right_key,
            coalesce(found.group_id, decisions.group_id) as group_id,
            found.differs_name,
            found.differs_membership,
            found.differs_platform,
            case decisions.decision
                when 'accept' then 'accepted'
                when 'reject' then 'rejected'
                else 'pending'
            end as status
        from
            found
            full join config.identity_decisions as decisions on decisions.left_key = found.left_key
            and decisions.right_key = found.right_key
    ),
    bought as (
        select
            orders.buyer_key,
            count(*) as orders,
            sum(
                if (
                    orders.currency = settings.currency,
                    orders.net_amount,
                    0
                )
            ) as net_amount,
            min(orders.paid_at) as first_order_at,
            max(orders.paid_at) as last_order_at
        from
            intermediate.int_orders as orders
            cross join config.settings
        where
            orders.is_valid
            and orders.buyer_key is not null
        group by
            orders.buyer_key
    ),
    known as (
        select
            pairs.*,
            coalesce(bought.orders, 0) as orders,
            coalesce(bought.net_amount, 0) as net_amount,
            bought.first_order_at,
            bought.last_order_at,
            count(*) filter(pairs.status <> 'rejected') over (
                partition by
                    pairs.kind,
                    pairs.right_key
            ) - count(*) filter(pairs.status = 'accepted') over (
                partition by
                    pairs.kind,
                    pairs.right_key
            ) - 1 as questions,
            row_number() over (
                partition by
                    pairs.kind,
                    pairs.right_key,
                    pairs.status
                order by
                    coalesce(bought.net_amount, 0),
                    coalesce(bought.orders, 0),
                    pairs.left_key
            ) as place
        from
            pairs
            left join bought on bought.buyer_key = pairs.left_key
    )
select
    left(md5(known.left_key || ' ' || known.right_key), 10) as suggestion_id,
    known.kind,
    known.left_key,
    known.right_key,
    keys.person_id,
    known.group_id,
    known.status,
    known.status = 'pending'
    and (
        known.kind <> 'shared_phone'
        or known.place <= known.questions
    ) as is_asked,
    known.orders,
    known.net_amount::decimal(18, 2) as net_amount,
    known.first_order_at,
    known.last_order_at,
    local_time (known.first_order_at)::date as first_order_on,
    local_time (known.last_order_at)::date as last_order_on,
    known.differs_name,
    known.differs_membership,
    known.differs_platform
from
    known
    left join intermediate.int_person_keys as keys on keys.person_key = known.right_key
