/*
title: How well people are known
description: One row of counts about keys, phones and orders, for the imports page and `fupan check`.
columns:
  persons: Persons behind all keys.
  phone_persons: Of these, known by a phone alone.
  ids: Keys that are no phone.
  auto_merge: Of these, joined by an exact key.
  new_master: Of these, known by nothing but themselves.
  pending_review: Of these, on a disputed phone.
  phones: Different phone numbers that somebody of a list has.
  shared_phones: Of these, numbers of more than one id.
  ids_on_shared_phones: Ids on those.
  differing_names: Ids in dispute because names differ.
  differing_memberships: Ids in dispute because only some are members.
  differing_platforms: Ids in dispute because platforms differ.
  orders_with_buyer: Paid orders that name a buyer by id, phone or nickname.
  orders_matched: Of these, of a person that a list, log or contact list knows.
  nickname_suggestions: Nicknames waiting for the operator.
*/
with
    policies as (
        select
            count(distinct person_id) as persons,
            count(distinct person_id) - count(distinct person_id) filter(not is_phone) as phone_persons,
            count(*) filter(not is_phone) as ids,
            count(*) filter(
                not is_phone
                and policy = 'auto_merge'
            ) as auto_merge,
            count(*) filter(
                not is_phone
                and policy = 'new_master'
            ) as new_master,
            count(*) filter(
                not is_phone
                and policy = 'pending_review'
            ) as pending_review
        from
            marts.identity
    ),
    owners as (
        select
            phone_key,
            count(distinct person_key) as ids
        from
            staging.stg_contacts
        where
            phone_key <> person_key
        group by
            phone_key
    ),
    phones as (
        select
            count(*) as phones,
            count(*) filter(ids > 1) as shared_phones,
            coalesce(sum(ids) filter(ids > 1), 0)::bigint as ids_on_shared_phones
        from
            owners
    ),
    conflicts as (
        select
            count(*) filter(differs_name) as differing_names,
            count(*) filter(differs_membership) as differing_memberships,
            count(*) filter(differs_platform) as differing_platforms
        from
            marts.identity_suggestions
        where
            kind = 'shared_phone'
    ),
    known as (
        select distinct
            keys.person_id
        from
            staging.stg_contacts as contacts
            inner join intermediate.int_person_keys as keys using (person_key)
        where
            contacts.platform is distinct from 'shop'
    ),
    matched as (
        select
            count(*) as orders_with_buyer,
            count(known.person_id) as orders_matched
        from
            intermediate.int_orders as orders
            inner join intermediate.int_person_keys as keys on keys.person_key = orders.buyer_key
            left join known on known.person_id = keys.person_id
    ),
    names as (
        select
            count(*) as nickname_suggestions
        from
            marts.identity_suggestions
        where
            kind = 'nickname'
            and status = 'pending'
    )
select
    *
from
    policies
    cross join phones
    cross join conflicts
    cross join matched
    cross join names
