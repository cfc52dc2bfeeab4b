/*
title: Contacts
description: The only source of names; ids and phones are read as keys.
grain: [row_key]
*/
select
    contacts.row_key,
    contacts.person_key,
    contacts.group_id,
    contacts.has_name_only,
    contacts.name,
    contacts.phone_key,
    contacts.email_key,
    contacts.unionid_key,
    contacts.alias_of_key,
    contacts.role,
    contacts.platform,
    contacts.seen_at,
    contacts.is_opted_out,
    contacts.source_format
from
    lake.contacts
