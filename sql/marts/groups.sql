/*
title: Groups
description: Every group that a source or fupan.yaml names.
grain: [group_id]
columns:
  group_id: The group's id as the sources write it.
  name: Name from fupan.yaml, else the last one seen, else the id.
  platform: Format of the source that told most of its messages.
  kind_zh: Name of the kind in Chinese (sql/seeds/group_kinds.csv), else the kind as it was written.
  kind_en: The same in English.
  kind: Kind of group from fupan.yaml (course camp, retail …).
  owner_id: Person who owns the group, if said.
  created_at: When it was created or first seen (UTC).
  has_messages: A chat log of it was imported.
  messages_from: First local week of its chat log; null = none. Before it, nobody's silence is known.
  has_roster: It is known who is there without speaking, from a member list or since the log saw nine in ten of them join.
  has_members: A member list or join was imported; without one, churn can't be seen.
  has_inviters: The sources of this group say who invited somebody.
  has_leavers: The sources of this group can show who left.
  leavers_from: From when on they can (UTC); null = from the beginning, since a list states the times of leaving.
*/
with
    -- Ties are settled by the text, or the order of importing would settle them.
    named as (
        select
            group_id,
            group_name,
            source_format,
            count(*) as messages,
            min(sent_at) as first_at,
            max(sent_at) as last_at
        from
            staging.stg_messages
        group by
            group_id,
            group_name,
            source_format
    ),
    formats as (
        select
            group_id,
            source_format,
            sum(messages) as messages
        from
            named
        group by
            group_id,
            source_format
    ),
    platforms as (
        select
            group_id,
            max_by(source_format, (messages, source_format)) as platform
        from
            formats
        group by
            group_id
    ),
    seen as (
        select
            named.group_id,
            max_by(
                named.group_name,
                (named.last_at, named.group_name)
            ) filter(named.group_name is not null) as name,
            any_value(platforms.platform) as platform,
            min(named.first_at) as first_at
        from
            named
            inner join platforms using (group_id)
        group by
            named.group_id
    ),
    listed as (
        select
            lists.group_id,
            max_by(
                lists.group_name,
                (
                    coalesce(lists.snapshot_at, since_before ()),
                    lists.group_name
                )
            ) filter(lists.group_name is not null) as name,
            max_by(
                owners.person_id,
                (
                    coalesce(lists.snapshot_at, since_before ()),
                    owners.person_id
                )
            ) filter(owners.person_id is not null) as owner_id,
            min(lists.group_created_at) as created_at,
            count(distinct lists.snapshot_at) as snapshots,
            min(lists.snapshot_at) as first_snapshot,
            count(lists.left_at) as leavers
        from
            staging.stg_member_lists as lists
            left join intermediate.int_person_keys as owners on owners.person_key = lists.owner_key
        group by
            lists.group_id
    ),
    -- A history that states when some left is silent about others because they stayed, in each of its groups.
    watched as (
        select
            lists.group_id,
            bool_or(histories.states_leaves) as states_leaves
        from
            staging.stg_member_lists as lists
            inner join (
                select
                    source_format,
                    count(left_at) > 0 as states_leaves
                from
                    staging.stg_member_lists
                where
                    snapshot_at is null
                group by
                    source_format
            ) as histories using (source_format)
        where
            lists.snapshot_at is null
        group by
            lists.group_id
    ),
    stays as (
        select
            group_id,
            min(joined_at) as first_join,
            bool_or(leave_evidence = 'explicit') as has_left,
            bool_or(inviter_id is not null) as has_inviters,
            avg(if (join_evidence = 'implied', 1, 0)) as implied_share
        from
            marts.memberships
        group by
            group_id
    ),
    ids as (
        select
            group_id
        from
            seen
        union
        select
            group_id
        from
            listed
        union
        select
            group_id
        from
            stays
        union
        select
            group_id
        from
            config.groups
    )
select
    ids.group_id,
    coalesce(
        configured.name,
        listed.name,
        seen.name,
        ids.group_id
    ) as name,
    seen.platform,
    configured.kind,
    coalesce(kinds.zh, configured.kind) as kind_zh,
    coalesce(kinds.en, configured.kind) as kind_en,
    coalesce(owners.person_id, listed.owner_id) as owner_id,
    coalesce(
        listed.created_at,
        least(seen.first_at, stays.first_join)
    ) as created_at,
    seen.group_id is not null as has_messages,
    week_of (local_time (seen.first_at)) as messages_from,
    listed.group_id is not null as has_members,
    listed.group_id is not null
    or coalesce(stays.implied_share <= 0.1, false) as has_roster,
    coalesce(stays.has_inviters, false) as has_inviters,
    coalesce(listed.snapshots > 1, false)
    or coalesce(listed.leavers > 0, false)
    or coalesce(stays.has_left, false)
    or coalesce(watched.states_leaves, false) as has_leavers,
    if (
        coalesce(listed.leavers > 0, false)
        or coalesce(watched.states_leaves, false),
        null,
        -- A log in which nobody ever left shows no leaves: the lists then do, from the first on.
        coalesce(
            least(
                if (listed.snapshots > 1, listed.first_snapshot, null),
                if (stays.has_left, seen.first_at, null)
            ),
            listed.first_snapshot,
            seen.first_at
        )
    ) as leavers_from
from
    ids
    left join seen using (group_id)
    left join listed using (group_id)
    left join stays using (group_id)
    left join watched using (group_id)
    left join config.groups as configured using (group_id)
    left join seeds.group_kinds as kinds using (kind)
    left join intermediate.int_person_keys as owners on owners.person_key = configured.owner_key
