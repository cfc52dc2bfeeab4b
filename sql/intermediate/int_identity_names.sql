/*
title: Orders that a nickname may explain
description: >-
  A buyer of no known person whose nickname one member of one group has, and one buyer in all orders. Only a
  suggestion: the operator decides. An order that states its group is looked for in that group alone.
grain: [buyer_key]
*/
with
    unmatched as (
        select
            buyer_key,
            min(stated_group_id) as group_id,
            count(distinct stated_group_id) as stated_groups
        from
            intermediate.int_orders
        where
            person_id is null
            and buyer_key is not null
        group by
            buyer_key
    ),
    buyer_names as (
        select
            lower(trim(contacts.name)) as name,
            min(contacts.person_key) as buyer_key
        from
            staging.stg_contacts as contacts
        where
            contacts.platform = 'shop'
            and length(trim(contacts.name)) > 1
            and not contains(contacts.name, '*')
        group by
            lower(trim(contacts.name))
        having
            count(distinct contacts.person_key) = 1
    ),
    members as (
        select
            contacts.group_id,
            lower(trim(contacts.name)) as name,
            min(contacts.person_key) as member_key,
            min(keys.person_id) as person_id
        from
            staging.stg_contacts as contacts
            inner join intermediate.int_person_keys as keys using (person_key)
            semi join buyer_names on buyer_names.name = lower(trim(contacts.name))
        where
            contacts.platform is distinct from 'shop'
            and (
                contacts.group_id is not null
                or contacts.phone_key is null
            )
        group by
            contacts.group_id,
            lower(trim(contacts.name))
        having
            count(distinct keys.person_id) = 1
    )
select
    unmatched.buyer_key,
    min(members.member_key) as member_key,
    min(members.group_id) as group_id
from
    unmatched
    inner join buyer_names using (buyer_key)
    inner join members on members.name = buyer_names.name
    and (
        unmatched.stated_groups <> 1
        or members.group_id = unmatched.group_id
    )
    anti join intermediate.int_roles as roles on roles.person_id = members.person_id
group by
    unmatched.buyer_key
having
    count(distinct members.person_id) = 1
