/*
title: Stated joins and leaves
description: >-
  Joins and leaves that a source states (events, full histories) or that member lists show, save those of one account
  whose person is there with another. Nobody brings themselves.
grain: [group_id, person_id, happened_at, kind, trust, leave_kind, observed_from, channel, inviter_id]
*/
with
    histories as (
        select
            lists.group_id,
            keys.person_id,
            lists.joined_at,
            lists.left_at,
            lists.leave_kind,
            lists.join_source,
            nullif(inviters.person_id, keys.person_id) as inviter_id,
            lists.person_key,
            settings.as_of
        from
            staging.stg_member_lists as lists
            inner join intermediate.int_person_keys as keys on keys.person_key = lists.person_key
            left join intermediate.int_person_keys as inviters on inviters.person_key = lists.inviter_key
            cross join config.settings
        where
            lists.snapshot_at is null
    ),
    events as (
        select
            events.group_id,
            keys.person_id,
            events.event_at,
            events.event,
            events.method,
            nullif(actors.person_id, keys.person_id) as actor_id,
            events.person_key
        from
            staging.stg_member_events as events
            inner join intermediate.int_person_keys as keys on keys.person_key = events.person_key
            left join intermediate.int_person_keys as actors on actors.person_key = events.actor_key
        where
            events.event in ('join', 'leave', 'kick')
    )
select distinct
    found.* exclude (person_key)
from
    (
        select
            group_id,
            person_id,
            coalesce(joined_at, since_before ()) as happened_at,
            'join' as kind,
            4 as trust,
            null as leave_kind,
            null::timestamp as observed_from,
            join_source as channel,
            inviter_id,
            person_key
        from
            histories
        union all
        select
            group_id,
            person_id,
            left_at,
            'leave',
            4,
            coalesce(leave_kind, 'quit'),
            null,
            null,
            null,
            person_key
        from
            histories
        where
            left_at < as_of
        union all
        select
            group_id,
            person_id,
            event_at,
            'join',
            4,
            null,
            null,
            method,
            actor_id,
            person_key
        from
            events
        where
            event = 'join'
        union all
        select
            group_id,
            person_id,
            event_at,
            'leave',
            4,
            if (event = 'kick', 'kick', 'quit'),
            null,
            null,
            null,
            person_key
        from
            events
        where
            event <> 'join'
        union all
        select
            *,
            null
        from
            intermediate.int_snapshot_marks
    ) as found
    anti join intermediate.int_second_accounts as another on another.group_id = found.group_id
    and another.person_key = found.person_key
    and another.happened_at = found.happened_at
    and another.is_there = (found.kind = 'join')
