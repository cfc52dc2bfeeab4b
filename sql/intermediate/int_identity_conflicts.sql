/*
title: Two ids of one list on one phone
description: >-
  Ids that a phone makes one person although the list they stand in calls them by different names, counts only one as
  a member of a group, or has them from different platforms. They are joined until the operator rejects the link.
grain: [person_key, phone_key]
*/
with
    ids as (
        select
            contacts.source_format,
            contacts.phone_key,
            contacts.person_key,
            max_by(
                contacts.name,
                (
                    coalesce(contacts.seen_at, since_before ()),
                    contacts.name
                )
            ) as name,
            max(contacts.platform) as platform,
            bool_or(members.person_key is not null) as is_member
        from
            staging.stg_contacts as contacts
            left join (
                select distinct
                    person_key
                from
                    staging.stg_member_lists
            ) as members using (person_key)
        where
            contacts.phone_key <> contacts.person_key
        group by
            contacts.source_format,
            contacts.phone_key,
            contacts.person_key
    ),
    shared as (
        select
            *,
            count(*) over (list) as ids,
            min(name) over (list) <> max(name) over (list) as differs_name,
            bool_or(is_member) over (list)
            and not bool_and(is_member) over (list) as differs_membership,
            coalesce(
                min(platform) over (list) <> max(platform) over (list),
                false
            ) as differs_platform
        from
            ids
        window
            list as (
                partition by
                    source_format,
                    phone_key
            )
    )
select
    shared.person_key,
    shared.phone_key,
    bool_or(coalesce(shared.differs_name, false)) as differs_name,
    bool_or(shared.differs_membership) as differs_membership,
    bool_or(shared.differs_platform) as differs_platform
from
    shared
    semi join intermediate.int_identity_links as links on links.left_key = shared.person_key
    and links.right_key = shared.phone_key
where
    shared.ids > 1
    and (
        shared.differs_name
        or shared.differs_membership
        or shared.differs_platform
    )
group by
    shared.person_key,
    shared.phone_key
