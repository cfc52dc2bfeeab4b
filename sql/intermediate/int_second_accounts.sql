/*
title: Comings and goings of one account while another of the same person is there
description: >-
  Somebody may be in a group with two accounts, which is certain where one list or log names both (a name in a notice is
  no account). When one comes or goes and the other is there at that moment, the person neither came nor left.
grain: [group_id, person_key, happened_at, is_there]
*/
with
    several as (
        select
            person_id
        from
            intermediate.int_person_keys
        group by
            person_id
        having
            count(*) > 1
    ),
    ids as (
        select
            keys.person_key,
            keys.person_id
        from
            intermediate.int_person_keys as keys
            semi join several using (person_id)
            anti join (
                select
                    person_key
                from
                    staging.stg_contacts
                where
                    has_name_only
            ) as names using (person_key)
    ),
    stated as (
        select
            lists.group_id,
            ids.person_id,
            lists.person_key,
            lists.source_format,
            coalesce(
                lists.joined_at,
                lists.snapshot_at,
                since_before ()
            ) as happened_at,
            true as is_there
        from
            staging.stg_member_lists as lists
            inner join ids using (person_key)
        union all
        select
            lists.group_id,
            ids.person_id,
            lists.person_key,
            lists.source_format,
            coalesce(lists.left_at, lists.snapshot_at),
            lists.left_at is null
        from
            staging.stg_member_lists as lists
            inner join ids using (person_key)
        where
            lists.left_at is not null
            or lists.snapshot_at is not null
        union all
        select
            events.group_id,
            ids.person_id,
            events.person_key,
            events.source_format,
            events.event_at,
            events.event = 'join'
        from
            staging.stg_member_events as events
            inner join ids using (person_key)
        where
            events.event in ('join', 'leave', 'kick')
    ),
    accounts as (
        select distinct
            group_id,
            person_id,
            person_key
        from
            (
                select distinct
                    group_id,
                    person_id,
                    source_format,
                    person_key
                from
                    stated
            ) as named
        qualify
            count(*) over (
                partition by
                    group_id,
                    person_id,
                    source_format
            ) > 1
    ),
    -- A list without the account says that it is gone.
    missing as (
        select
            accounts.group_id,
            accounts.person_key,
            lists.snapshot_at as happened_at
        from
            accounts
            inner join (
                select distinct
                    group_id,
                    snapshot_at
                from
                    staging.stg_member_lists
                where
                    snapshot_at is not null
            ) as lists using (group_id)
            anti join staging.stg_member_lists as present on present.group_id = accounts.group_id
            and present.person_key = accounts.person_key
            and present.snapshot_at = lists.snapshot_at
    ),
    states as (
        select
            group_id,
            person_key,
            happened_at,
            bool_and(is_there) as is_there
        from
            (
                select
                    stated.group_id,
                    stated.person_key,
                    stated.happened_at,
                    stated.is_there
                from
                    stated
                    semi join accounts using (group_id, person_key)
                union all
                select
                    group_id,
                    person_key,
                    happened_at,
                    false
                from
                    missing
            )
        group by
            group_id,
            person_key,
            happened_at
    ),
    moments as (
        select distinct
            moved.group_id,
            moved.person_key,
            moved.happened_at,
            moved.is_there,
            -- Two that come together have both come.
            moved.happened_at - if (
                moved.is_there,
                interval 1 microsecond,
                interval 0 microsecond
            ) as looked_at,
            others.person_key as other_key
        from
            stated as moved
            inner join accounts as mine on mine.group_id = moved.group_id
            and mine.person_key = moved.person_key
            inner join accounts as others on others.group_id = mine.group_id
            and others.person_id = mine.person_id
            and others.person_key <> mine.person_key
    )
select distinct
    group_id,
    person_key,
    happened_at,
    is_there
from
    (
        select
            moments.group_id,
            moments.person_key,
            moments.happened_at,
            moments.is_there,
            moments.other_key,
            max_by(states.is_there, states.happened_at) as is_another_there
        from
            moments
            inner join states on states.group_id = moments.group_id
            and states.person_key = moments.other_key
            and states.happened_at <= moments.looked_at
        group by
            moments.group_id,
            moments.person_key,
            moments.happened_at,
            moments.is_there,
            moments.other_key
    )
where
    is_another_there
