/*
title: What member lists say of joining and leaving
description: >-
  Each row of a list as evidence that somebody had joined by then, and each absence from the next list of the group
  as evidence that they had left, dated at that list. A join time before an earlier list that lacks the person is not believed. trust: 4 explicit, 3 join time in a list, 2 difference of lists.
grain: [group_id, person_id, happened_at, kind, trust, leave_kind, observed_from, channel, inviter_id]
*/
with
    lists as (
        select
            group_id,
            snapshot_at,
            row_number() over (
                partition by
                    group_id
                order by
                    snapshot_at
            ) as nth,
            lead (snapshot_at) over (
                partition by
                    group_id
                order by
                    snapshot_at
            ) as next_at,
            lag (snapshot_at) over (
                partition by
                    group_id
                order by
                    snapshot_at
            ) as earlier_at
        from
            (
                select distinct
                    group_id,
                    snapshot_at
                from
                    staging.stg_member_lists
                where
                    snapshot_at is not null
            )
    ),
    present as (
        select
            members.group_id,
            keys.person_id,
            members.snapshot_at,
            lists.nth,
            lists.next_at,
            lists.earlier_at,
            min(members.joined_at) as joined_at,
            min(nullif(inviters.person_id, keys.person_id)) as inviter_id,
            min(members.join_source) as channel
        from
            staging.stg_member_lists as members
            inner join intermediate.int_person_keys as keys on keys.person_key = members.person_key
            inner join lists on lists.group_id = members.group_id
            and lists.snapshot_at = members.snapshot_at
            left join intermediate.int_person_keys as inviters on inviters.person_key = members.inviter_key
        group by all
    ),
    steps as (
        select
            *,
            lag (nth) over (
                partition by
                    group_id,
                    person_id
                order by
                    nth
            ) as previous_nth,
            lead (nth) over (
                partition by
                    group_id,
                    person_id
                order by
                    nth
            ) as following_nth
        from
            present
    )
select distinct
    group_id,
    person_id,
    case
        when joined_at >= coalesce(earlier_at, since_before ()) then joined_at
        when earlier_at is null then since_before ()
        else snapshot_at
    end as happened_at,
    'join' as kind,
    if (
        joined_at >= coalesce(earlier_at, since_before ()),
        3,
        2
    ) as trust,
    null as leave_kind,
    null::timestamp as observed_from,
    channel,
    inviter_id
from
    steps
where
    previous_nth is null
    or previous_nth < nth - 1
union all
select
    group_id,
    person_id,
    next_at,
    'leave',
    2,
    null,
    snapshot_at,
    null,
    null
from
    steps
where
    next_at is not null
    and (
        following_nth is null
        or following_nth > nth + 1
    )
