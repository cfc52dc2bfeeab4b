/*
title: Who may be written to
description: Per person, how often staff addressed them by name in the 30 days to as_of, and whether they want no messages.
grain: [person_id]
columns:
  person_id: The person.
  last_addressed_at: Last message of staff that mentions the person (UTC); null = none.
  addressed_30d: Such messages in the 30 days to as_of.
  is_opted_out: Listed under optOut in fupan.yaml or stated by an imported list of contacts, by an id, a phone number, an e-mail address or a unionid.
*/
with
    addressed as (
        select
            mentioned.person_id,
            max(mentioned.sent_at) as last_addressed_at,
            count(*) filter(
                mentioned.sent_at >= settings.as_of - interval 30 day
            ) as addressed_30d
        from
            (
                select
                    unnest(mentions) as person_id,
                    sent_at
                from
                    marts.messages
                where
                    is_staff
                    and mentions is not null
            ) as mentioned
            cross join config.settings
        where
            mentioned.person_id <> '*'
        group by
            mentioned.person_id
    ),
    -- A list that does not say so, or was imported later, takes nothing back.
    asked as (
        select
            person_key
        from
            config.opt_outs
        union
        select
            unnest([person_key, phone_key, email_key, unionid_key])
        from
            staging.stg_contacts
        where
            is_opted_out
    ),
    -- Everyone who has the phone, also where it is on too many ids to be one person's: whoever asked to be left alone is.
    -- One join for each key: any of three in one would compare everybody with each of a long list.
    named as (
        select
            contacts.person_key
        from
            staging.stg_contacts as contacts
            semi join asked as stated on stated.person_key = contacts.phone_key
        union
        select
            contacts.person_key
        from
            staging.stg_contacts as contacts
            semi join asked as stated on stated.person_key = contacts.email_key
        union
        select
            contacts.person_key
        from
            staging.stg_contacts as contacts
            semi join asked as stated on stated.person_key = contacts.unionid_key
        union
        select
            person_key
        from
            asked
    ),
    opted_out as (
        select distinct
            keys.person_id
        from
            named
            inner join intermediate.int_person_keys as keys using (person_key)
    )
select
    coalesce(addressed.person_id, opted_out.person_id) as person_id,
    addressed.last_addressed_at,
    coalesce(addressed.addressed_30d, 0) as addressed_30d,
    opted_out.person_id is not null as is_opted_out
from
    addressed
    full join opted_out using (person_id)
