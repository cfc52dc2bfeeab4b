/*
title: Which keys are which person, and why
description: >-
  Every key that a source gave for somebody, hashed, with its person and the links that joined it to others. An id
  without a link to another is a person by itself.
grain: [person_key]
columns:
  person_key: HMAC of an id, phone or name in one group.
  person_id: The person it belongs to.
  is_phone: The key is a phone number.
  links: Kinds of the links that join it (phone, unionid, alias, notice_name, renamed, operator).
  policy: >-
    auto_merge (an exact key joins it), pending_review (its phone is in dispute), new_master (nothing but its own id
    is known).
  first_seen: First time a source names it (UTC); null when it does not say.
checks:
  - policy in ('auto_merge', 'pending_review', 'new_master')
*/
with
    links as (
        select
            person_key,
            list_sort(list(distinct kind)) as kinds
        from
            (
                select
                    left_key as person_key,
                    kind
                from
                    intermediate.int_identity_links
                union all
                select
                    right_key,
                    kind
                from
                    intermediate.int_identity_links
            )
        group by
            person_key
    ),
    seen as (
        select
            person_key,
            min(seen_at) as first_seen
        from
            staging.stg_contacts
        group by
            person_key
    ),
    disputed as (
        select
            suggestions.left_key as person_key
        from
            marts.identity_suggestions as suggestions
            semi join (
                select
                    right_key
                from
                    marts.identity_suggestions
                where
                    kind = 'shared_phone'
                    and is_asked
            ) as asked on asked.right_key = suggestions.right_key
        where
            suggestions.kind = 'shared_phone'
            and suggestions.status = 'pending'
        group by
            suggestions.left_key
    ),
    phones as (
        select distinct
            phone_key as person_key
        from
            staging.stg_contacts
        where
            phone_key is not null
    )
select
    keys.person_key,
    keys.person_id,
    phones.person_key is not null as is_phone,
    coalesce(links.kinds, []) as links,
    case
        when disputed.person_key is not null then 'pending_review'
        when links.kinds is not null then 'auto_merge'
        else 'new_master'
    end as policy,
    seen.first_seen
from
    intermediate.int_person_keys as keys
    left join links using (person_key)
    left join seen using (person_key)
    left join disputed using (person_key)
    left join phones using (person_key)
