/*
title: Which groups an order belongs to
description: >-
  The order's own group if it is stated and exists, else every group in which the buyer was present at paid_at.
  Orders of staff, bots, partners and shills belong to none.
grain: [shop_id, order_id, group_id]
*/
with
    known_groups as (
        select distinct
            group_id
        from
            intermediate.int_memberships
    )
select
    orders.shop_id,
    orders.order_id,
    orders.stated_group_id as group_id,
    true as is_stated
from
    intermediate.int_orders as orders
    semi join known_groups on known_groups.group_id = orders.stated_group_id
    -- Two joins by keys: one with "in" would compare every order with all staff.
    anti join intermediate.int_roles as everywhere on everywhere.person_id = orders.person_id
    and everywhere.group_id = '*'
    anti join intermediate.int_roles as here on here.person_id = orders.person_id
    and here.group_id = orders.stated_group_id
union all
select distinct
    orders.shop_id,
    orders.order_id,
    memberships.group_id,
    false
from
    intermediate.int_orders as orders
    inner join intermediate.int_memberships as memberships on memberships.person_id = orders.person_id
    and (
        memberships.joined_at is null
        or memberships.joined_at <= orders.paid_at
    )
    and (
        memberships.left_at is null
        or memberships.left_at > orders.paid_at
    )
    anti join known_groups on known_groups.group_id = orders.stated_group_id
    anti join intermediate.int_roles as everywhere on everywhere.person_id = orders.person_id
    and everywhere.group_id = '*'
    anti join intermediate.int_roles as here on here.person_id = orders.person_id
    and here.group_id = memberships.group_id
