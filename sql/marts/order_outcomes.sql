/*
title: What became of each order
description: >-
  Every order that a file states, paid or not, in the version that counts, with the first reason why the KPIs leave it
  out.
grain: [shop_id, order_id]
columns:
  shop_id: The shop, empty when there is one only.
  order_id: The shop's order id.
  version_key: Key of the row of the lake that counts.
  paid_day: Local day; null when never paid.
  currency: Currency of the amounts.
  paid_amount: What was paid.
  refunded_amount: Refunded so far, settlements included.
  net_amount: paid_amount − refunded_amount.
  person_id: The buyer, if matched to a person of the community.
  outcome: >-
    unpaid, undated (paid, and no time is stated), later (paid after as_of), refunded (nothing left), free (nothing paid), no_buyer (the file names none),
    unknown_buyer (nobody of the community), no_member (staff, bot, partner or shill, and a member of no group), not_in_group (in no group when
    it was paid), outside_weeks (before the weeks of the review) or counted.
checks:
  - outcome in ('unpaid', 'undated', 'later', 'refunded', 'free', 'no_buyer', 'unknown_buyer', 'no_member', 'not_in_group', 'outside_weeks', 'counted')
*/
with
    in_groups as (
        select distinct
            shop_id,
            order_id
        from
            intermediate.int_order_groups
    ),
    -- A partner or shill of one group may be a member of another.
    outsiders as (
        select distinct
            roles.person_id
        from
            intermediate.int_roles as roles
            anti join marts.memberships as stays on stays.person_id = roles.person_id
            and stays.is_member
    )
select
    stated.shop_id,
    stated.order_id,
    stated.row_key as version_key,
    orders.paid_day,
    stated.currency,
    stated.amount as paid_amount,
    coalesce(orders.refunded_amount, stated.refunded)::decimal(18, 2) as refunded_amount,
    (
        stated.amount - coalesce(orders.refunded_amount, stated.refunded)
    )::decimal(18, 2) as net_amount,
    orders.person_id,
    case
        when stated.paid_at is null
        and stated.amount > 0 then 'undated'
        when stated.paid_at is null then 'unpaid'
        when orders.order_id is null then 'later'
        when stated.amount = 0 then 'free'
        when not orders.is_valid then 'refunded'
        when orders.person_id is null
        and stated.buyer_key is null
        and stated.phone_key is null then 'no_buyer'
        when orders.person_id is null then 'unknown_buyer'
        when in_groups.order_id is null
        and outsiders.person_id is not null then 'no_member'
        when in_groups.order_id is null then 'not_in_group'
        when weeks.week is null then 'outside_weeks'
        else 'counted'
    end as outcome
from
    staging.stg_orders as stated
    left join intermediate.int_orders as orders using (shop_id, order_id)
    left join in_groups using (shop_id, order_id)
    left join outsiders on outsiders.person_id = orders.person_id
    left join intermediate.int_weeks as weeks on weeks.week = orders.week
