/*
title: Which key is which person
description: >-
  Union-find over the links of int_identity_links. person_id is the smallest key of the component, so it does not
  depend on the order of import.
grain: [person_key]
*/
with recursive
    edges as (
        select distinct
            left_key as a,
            right_key as b
        from
            intermediate.int_identity_links
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
