/*
title: Whom the staff speaks to
description: >-
  The members a message of the staff is directed at: by mention, as the sender of what it replies to, or by @name where
  one member of the group alone has that name.
grain: [message_key, group_id, person_id]
*/
with
    directed as (
        select
            *
        from
            intermediate.int_staff_messages
        where
            is_directed
            or contains(text, '@')
    ),
    mentioned as (
        select
            message_key,
            group_id,
            unnest(mention_keys) as person_key
        from
            directed
    ),
    answered as (
        select
            directed.message_key,
            directed.group_id,
            messages.person_key
        from
            directed
            inner join staging.stg_messages as messages on messages.group_id = directed.group_id
            and messages.message_id = directed.reply_to
        where
            directed.reply_to is not null
            and messages.person_key is not null
    ),
    named as (
        select
            message_key,
            group_id,
            unnest(
                regexp_extract_all(text, '@([^\s@\x{2005}]{1,40})[\s\x{2005}]', 1) || regexp_extract_all(text, '@([^@\x{2005}]{1,40})\x{2005}', 1)
            ) as name
        from
            directed
        where
            not coalesce(len(mention_keys) > 0, false)
    ),
    names as (
        select
            members.group_id,
            contacts.name,
            min(members.person_id) as person_id
        from
            (
                select
                    keys.person_id,
                    contacts.name
                from
                    staging.stg_contacts as contacts
                    inner join intermediate.int_person_keys as keys using (person_key)
                where
                    contacts.name in (
                        select
                            name
                        from
                            named
                    )
            ) as contacts
            inner join marts.memberships as members using (person_id)
        group by
            members.group_id,
            contacts.name
        having
            count(distinct members.person_id) = 1
    )
select
    targets.message_key,
    targets.group_id,
    keys.person_id
from
    (
        select
            *
        from
            mentioned
        union
        select
            *
        from
            answered
    ) as targets
    inner join intermediate.int_person_keys as keys using (person_key)
union
select
    named.message_key,
    named.group_id,
    names.person_id
from
    named
    inner join names using (group_id, name)
