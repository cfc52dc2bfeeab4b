/*
title: Which key is which person
description: >-
  Union-find over exact keys: an id's phone, unionid, alias and changed name. A phone on more than maxPersonsPerPhone ids is
  no key; a nickname never is, but a notice that prints a name alone means the one member of that group who has it.
  person_id is the smallest key of the component, so it does not depend on the order of import.
grain: [person_key]
*/
with recursive
    shared_phones as (
        select
            phone_key
        from
            staging.stg_contacts
        where
            person_key <> phone_key
        group by
            phone_key
        having
            count(distinct person_key) > (
                select
                    max_persons_per_phone
                from
                    config.settings
            )
    ),
    named as (
        select
            group_id,
            name,
            min(person_key) as person_key
        from
            staging.stg_contacts
        where
            not has_name_only
            and group_id is not null
            and name is not null
        group by
            group_id,
            name
        having
            count(distinct person_key) = 1
    ),
    edges as (
        select distinct
            person_key as a,
            phone_key as b
        from
            staging.stg_contacts
            anti join shared_phones using (phone_key)
        where
            phone_key <> person_key
        union
        select
            person_key,
            unionid_key
        from
            staging.stg_contacts
        where
            unionid_key <> person_key
        union
        select
            person_key,
            alias_of_key
        from
            staging.stg_contacts
        where
            alias_of_key <> person_key
        union
        select
            buyer_key,
            phone_key
        from
            staging.stg_orders
            anti join shared_phones using (phone_key)
        where
            buyer_key <> phone_key
        union
        select
            contacts.person_key,
            named.person_key
        from
            staging.stg_contacts as contacts
            inner join named using (group_id, name)
        where
            contacts.has_name_only
        union
        -- A log without ids: the notice names the old name and the new one.
        select
            person_key,
            actor_key
        from
            staging.stg_member_events
        where
            event = 'nick_change'
            and actor_key <> person_key
    ),
    -- Two plain rounds settle nearly every component (a phone and its ids); the recursion gets what is left.
    right_labels as (
        select
            b as node,
            min(a) as label
        from
            edges
        group by
            b
    ),
    left_labels as (
        select
            edges.a as node,
            min(right_labels.label) as label
        from
            edges
            inner join right_labels on right_labels.node = edges.b
        group by
            edges.a
    ),
    labels as (
        select
            node,
            min(label) as label
        from
            (
                select
                    *
                from
                    right_labels
                union all
                select
                    *
                from
                    left_labels
            )
        group by
            node
    ),
    links as (
        select distinct
            left_label.label as a,
            right_label.label as b
        from
            edges
            inner join labels as left_label on left_label.node = edges.a
            inner join labels as right_label on right_label.node = edges.b
        where
            left_label.label <> right_label.label
        union
        select distinct
            node,
            label
        from
            labels
        where
            node <> label
            and node in (
                select
                    label
                from
                    labels
            )
    ),
    both_ways as (
        select
            a,
            b
        from
            links
        union
        select
            b,
            a
        from
            links
    ),
    reached as (
        select
            a as node,
            a as label
        from
            both_ways
        union
        select
            both_ways.b,
            reached.label
        from
            reached
            inner join both_ways on both_ways.a = reached.node
        where
            reached.label < both_ways.b
    ),
    merged as (
        select
            node,
            min(label) as label
        from
            reached
        group by
            node
    ),
    keys as (
        select
            person_key
        from
            staging.stg_contacts
        union
        select
            person_key
        from
            staging.stg_messages
        union
        select
            person_key
        from
            staging.stg_member_events
        union
        select
            person_key
        from
            staging.stg_member_lists
        union
        select
            buyer_key
        from
            staging.stg_orders
        union
        select
            phone_key
        from
            staging.stg_contacts
        union
        select
            inviter_key
        from
            staging.stg_member_lists
        union
        select
            person_key
        from
            config.people
    )
select
    keys.person_key,
    coalesce(merged.label, labels.label, keys.person_key) as person_id
from
    keys
    left join labels on labels.node = keys.person_key
    left join merged on merged.node = coalesce(labels.label, keys.person_key)
where
    keys.person_key is not null
