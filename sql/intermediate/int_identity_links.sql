/*
title: Why two keys are one person
description: >-
  Each exact link between two keys with its kind: an id's phone, e-mail, unionid, alias, changed name, the one member who has
  the name a notice prints, and what the operator said. A phone on more than maxPersonsPerPhone ids links nothing; a
  nickname never links by itself. A link that the operator rejected is left out.
grain: [left_key, right_key, kind]
*/
with
    -- Ids of one unionid, or one that is another's alias, are one person on a phone.
    owners as (
        select
            person_key,
            coalesce(max(unionid_key), max(alias_of_key), person_key) as owner_key
        from
            staging.stg_contacts
        group by
            person_key
    ),
    shared_phones as (
        select
            contacts.phone_key
        from
            staging.stg_contacts as contacts
            inner join owners using (person_key)
        where
            contacts.person_key <> contacts.phone_key
        group by
            contacts.phone_key
        having
            count(distinct owners.owner_key) > (
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
    links as (
        select
            person_key as left_key,
            phone_key as right_key,
            'phone' as kind
        from
            staging.stg_contacts
            anti join shared_phones using (phone_key)
        where
            phone_key <> person_key
        union
        select
            buyer_key,
            phone_key,
            'phone'
        from
            staging.stg_orders
            anti join shared_phones using (phone_key)
        where
            buyer_key <> phone_key
        union
        select
            person_key,
            unionid_key,
            'unionid'
        from
            staging.stg_contacts
        where
            unionid_key <> person_key
        union
        select
            person_key,
            email_key,
            'email'
        from
            staging.stg_contacts
        where
            email_key <> person_key
        union
        select
            person_key,
            alias_of_key,
            'alias'
        from
            staging.stg_contacts
        where
            alias_of_key <> person_key
        union
        select
            contacts.person_key,
            named.person_key,
            'notice_name'
        from
            staging.stg_contacts as contacts
            inner join named using (group_id, name)
        where
            contacts.has_name_only
            and contacts.person_key <> named.person_key
        union
        -- A log without ids: the notice names the old name and the new one.
        select
            person_key,
            actor_key,
            'renamed'
        from
            staging.stg_member_events
        where
            event = 'nick_change'
            and actor_key <> person_key
        union
        select
            left_key,
            right_key,
            'operator'
        from
            config.identity_decisions
        where
            decision = 'accept'
    )
select
    links.left_key,
    links.right_key,
    links.kind
from
    links
    anti join config.identity_decisions as rejected on rejected.decision = 'reject'
    and rejected.left_key = links.left_key
    and rejected.right_key = links.right_key
