/*
title: People named in the settings
description: Of the people that fupan.yaml names, how many are nobody that was imported; a wrong id changes nothing without a word.
grain: [setting]
columns:
  setting: staff (jobs are staff), bots or optOut.
  entries: Entries of it, each once.
  unknown: Of them, those whose id (under optOut phone number, e-mail address or unionid as well) is nobody's.
*/
with
    named as (
        select
            if (role = 'bot', 'bots', 'staff') as setting,
            person_key as entry,
            person_key
        from
            config.people
        union
        select
            'optOut',
            entry::varchar,
            person_key
        from
            config.opt_outs
    ),
    -- Of half a million contacts only those are kept that are asked for.
    known as (
        select distinct
            unnest(
                [
                    contacts.person_key,
                    contacts.phone_key,
                    contacts.email_key,
                    contacts.unionid_key
                ]
            ) as person_key
        from
            staging.stg_contacts as contacts
            semi join named on named.person_key in (
                contacts.person_key,
                contacts.phone_key,
                contacts.email_key,
                contacts.unionid_key
            )
    )
select
    named.setting,
    count(distinct named.entry) as entries,
    count(distinct named.entry) - count(
        distinct if (known.person_key is null, null, named.entry)
    ) as unknown
from
    named
    left join known using (person_key)
group by
    named.setting
