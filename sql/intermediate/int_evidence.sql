/*
title: All evidence of joining and leaving
description: >-
  Stated joins and leaves, implied joins, and for whoever joined between two member lists of a group without being on
  the later one, a leave dated at that list.
grain: [group_id, person_id, happened_at, kind, trust, leave_kind, observed_from, channel, inviter_id]
*/
with
    joined as (
        select
            *
        from
            intermediate.int_stated_evidence
        union all
        select
            speaking.group_id,
            speaking.person_id,
            speaking.happened_at,
            'join',
            1,
            null,
            null,
            null,
            null
        from
            intermediate.int_speaking_evidence as speaking
            cross join config.settings
        where
            settings.implied_memberships
    ),
    lists as (
        select distinct
            group_id,
            snapshot_at
        from
            staging.stg_member_lists
        where
            snapshot_at is not null
    ),
    listed as (
        select distinct
            lists.group_id,
            keys.person_id,
            lists.snapshot_at
        from
            staging.stg_member_lists as lists
            inner join intermediate.int_person_keys as keys using (person_key)
        where
            lists.snapshot_at is not null
    ),
    next_lists as (
        select
            joined.group_id,
            joined.person_id,
            joined.happened_at,
            lists.snapshot_at
        from
            joined
            asof inner join lists on lists.group_id = joined.group_id
            and lists.snapshot_at >= joined.happened_at
        where
            joined.kind = 'join'
    )
select distinct
    *
from
    joined
union
select
    next_lists.group_id,
    next_lists.person_id,
    next_lists.snapshot_at,
    'leave',
    2,
    null,
    next_lists.happened_at,
    null,
    null
from
    next_lists
    anti join listed using (group_id, person_id, snapshot_at)
