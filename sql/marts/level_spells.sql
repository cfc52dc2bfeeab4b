/*
title: Member levels over time
description: >-
  Which level a person had from when to when, as the member lists say it: a level holds from the list that first states
  it until one that states another. A list of unknown time speaks for the time since joining.
grain: [person_id, known_at]
columns:
  person_id: The person.
  level: The level, as the list writes it.
  known_at: Since when it is known (UTC).
  until_at: When another level was stated (UTC); null = it still holds.
*/
with
    stated as (
        select
            keys.person_id,
            coalesce(
                lists.snapshot_at,
                lists.joined_at,
                since_before ()
            ) as known_at,
            -- Two lists of one moment: the same choice whatever the order of importing.
            max(lists.level) as level
        from
            staging.stg_member_lists as lists
            inner join intermediate.int_person_keys as keys using (person_key)
        where
            lists.level is not null
        group by
            keys.person_id,
            coalesce(
                lists.snapshot_at,
                lists.joined_at,
                since_before ()
            )
    ),
    changes as (
        select
            *
        from
            stated
        qualify
            level is distinct from lag (level) over (
                partition by
                    person_id
                order by
                    known_at
            )
    )
select
    person_id,
    level,
    known_at,
    lead (known_at) over (
        partition by
            person_id
        order by
            known_at
    ) as until_at
from
    changes
