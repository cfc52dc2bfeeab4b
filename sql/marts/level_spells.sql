/*
title: Member levels over time
description: >-
  Which level a person had from when to when, as the member lists say it: the newest statement holds, by the row's own time
  (level_at), else by the time of the list, else by the order of its rows. A level holds from the list that first states
  it until one that states another. A list of unknown time, and what a history states first, speak for the time since joining.
grain: [person_id, known_at]
columns:
  person_id: The person.
  level: The level, as the list writes it.
  known_at: Since when it is known (UTC).
  until_at: When another level was stated (UTC); null = it still holds.
*/
with
    rows as (
        select
            keys.person_id,
            lists.group_id,
            lists.level,
            lists.level_no,
            coalesce(lists.joined_at, since_before ()) as joined_at,
            lists.level_at is null
            and lists.snapshot_at is null as is_history,
            coalesce(
                lists.level_at,
                lists.snapshot_at,
                -- Of a stay that was over then, the list says what was.
                if (
                    lists.left_at <= lists.stated_at,
                    lists.left_at,
                    lists.stated_at
                )
            ) as stated_at,
            coalesce(
                lists.level_at,
                lists.snapshot_at,
                lists.stated_at
            ) as made_at
        from
            staging.stg_member_lists as lists
            inner join intermediate.int_person_keys as keys using (person_key)
        where
            lists.level is not null
    ),
    firsts as (
        select
            *,
            min(made_at) over (
                partition by
                    person_id,
                    group_id
            ) as first_made_at
        from
            rows
    ),
    statements as (
        select
            person_id,
            level,
            level_no,
            joined_at,
            made_at,
            stated_at as known_at,
            true as is_dated
        from
            firsts
        where
            stated_at is not null
        union all
        select
            person_id,
            level,
            level_no,
            joined_at,
            made_at,
            joined_at,
            false
        from
            firsts
        where
            is_history
            and coalesce(made_at <= first_made_at, true)
    ),
    stated as (
        select
            person_id,
            known_at,
            arg_max(
                level,
                (
                    is_dated,
                    coalesce(made_at, since_before ()),
                    joined_at,
                    coalesce(level_no, 0),
                    level
                )
            ) as level
        from
            statements
            cross join config.settings
        where
            known_at <= settings.as_of
        group by
            person_id,
            known_at
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
