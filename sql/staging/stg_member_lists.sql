/*
title: Member lists
description: >-
  Rows of member lists in UTC. snapshot_at is null for a full history and for a list of unknown time. level_at is the
  row's own time of its level, stated_at when the history was made, level_no the place among several levels of one member.
grain: [row_key]
*/
select
    member_snapshots.group_id,
    member_snapshots.group_name,
    member_snapshots.row_key,
    member_snapshots.person_key,
    member_snapshots.role,
    member_snapshots.level,
    utc_time (
        member_snapshots.level_at,
        member_snapshots.level_at_is_utc
    ) as level_at,
    utc_time (
        member_snapshots.stated_at,
        member_snapshots.stated_at_is_utc
    ) as stated_at,
    member_snapshots.level_no,
    utc_time (
        member_snapshots.joined_at,
        member_snapshots.joined_at_is_utc
    ) as joined_at,
    utc_time (
        member_snapshots.left_at,
        member_snapshots.left_at_is_utc
    ) as left_at,
    member_snapshots.leave_kind,
    member_snapshots.inviter_key,
    member_snapshots.join_source,
    member_snapshots.owner_key,
    member_snapshots.extra,
    member_snapshots.source_format,
    utc_time (
        member_snapshots.group_created_at,
        member_snapshots.group_created_at_is_utc
    ) as group_created_at,
    utc_time (
        member_snapshots.snapshot_at,
        member_snapshots.snapshot_at_is_utc
    ) as snapshot_at
from
    lake.member_snapshots
    cross join config.settings
where
    (
        member_snapshots.snapshot_at is null
        or utc_time (
            member_snapshots.snapshot_at,
            member_snapshots.snapshot_at_is_utc
        ) <= settings.as_of
    )
    and (
        member_snapshots.joined_at is null
        or utc_time (
            member_snapshots.joined_at,
            member_snapshots.joined_at_is_utc
        ) < settings.as_of
    )
