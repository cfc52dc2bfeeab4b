/*
title: Figures of the platform against our own
description: >-
  What WeCom states for a day (groupchat/statistic) beside the same count from what was imported. Staff are members
  there, people are counted once per group, and "as of the day" counts everything before. For reconciliation only.
grain: [day, scope, name]
columns:
  day: Local day.
  scope: A group, an owner (person_key), or '*' for every WeCom group.
  group_id: The group, where the figure is of one.
  owner_id: Person who owns the groups, where the figure is of an owner.
  scope_name: The group's name, or the owner's, masked; null for every WeCom group.
  name: Name of the figure as the platform has it.
  stated: What the platform says.
  counted: The same from what was imported.
  tolerance: Difference that lists taken at another hour explain; 2 %, at least 1.
  is_within: counted is within tolerance of stated.
  reason: >-
    Why they may differ: null when within, groups (fewer groups known than stated), lists (groups without a member
    list), logs (groups without a chat log), early (the data begin after the day), less or more.
*/
with
    wecom_groups as (
        select
            groups.group_id,
            groups.owner_id,
            groups.has_members,
            groups.has_messages,
            local_time (groups.created_at)::date as created_day
        from
            marts.groups
        where
            starts_with(groups.group_id, 'wr')
            or starts_with(groups.platform, 'wecom')
    ),
    stated as (
        select
            stats.day,
            coalesce(stats.group_id, stats.owner_key, '*') as scope,
            stats.group_id,
            owners.person_id as owner_id,
            stats.name,
            stats.value as stated
        from
            staging.stg_group_stats as stats
            left join intermediate.int_person_keys as owners on owners.person_key = stats.owner_key
    ),
    scopes as (
        select distinct
            stated.scope,
            groups.group_id,
            groups.has_members,
            groups.has_messages,
            groups.created_day
        from
            (
                select distinct
                    scope,
                    group_id,
                    owner_id
                from
                    stated
            ) as stated
            inner join wecom_groups as groups on stated.scope = '*'
            or groups.group_id = stated.group_id
            or groups.owner_id = stated.owner_id
    ),
    joined as (
        select
            group_id,
            local_time (coalesce(joined_at, since_before ()))::date as day,
            count(*) as joins
        from
            marts.memberships
        group by all
    ),
    gone as (
        select
            group_id,
            local_time (left_at)::date as day,
            count(*) as leaves
        from
            marts.memberships
        where
            left_at is not null
        group by all
    ),
    spoken as (
        select
            group_id,
            day,
            sum(messages)::bigint as messages,
            count(*) filter(nth = 1) as first_speakers
        from
            (
                select
                    group_id,
                    day,
                    messages,
                    row_number() over (
                        partition by
                            group_id,
                            person_id
                        order by
                            day
                    ) as nth
                from
                    intermediate.int_speaking_days
                where
                    messages > 0
            )
        group by all
    ),
    first_spoken as (
        select
            group_id,
            min(day) as day
        from
            spoken
        group by
            group_id
    ),
    movements as (
        select
            group_id,
            day,
            joins,
            0 as leaves,
            0 as messages,
            0 as first_speakers,
            0 as new_groups,
            0 as groups_spoken
        from
            joined
        union all
        select
            group_id,
            day,
            0,
            leaves,
            0,
            0,
            0,
            0
        from
            gone
        union all
        select
            group_id,
            day,
            0,
            0,
            messages,
            first_speakers,
            0,
            0
        from
            spoken
        union all
        select
            group_id,
            created_day,
            0,
            0,
            0,
            0,
            1,
            0
        from
            wecom_groups
        union all
        select
            group_id,
            day,
            0,
            0,
            0,
            0,
            0,
            1
        from
            first_spoken
    ),
    per_day as (
        select
            scopes.scope,
            movements.day,
            sum(movements.joins) as joins,
            sum(movements.leaves) as leaves,
            sum(movements.messages) as messages,
            sum(movements.first_speakers) as speakers,
            sum(movements.new_groups) as groups,
            sum(movements.groups_spoken) as groups_spoken
        from
            scopes
            inner join movements using (group_id)
        group by
            scopes.scope,
            movements.day
    ),
    totals as (
        select
            stated.scope,
            stated.day,
            sum(per_day.joins - per_day.leaves) as member_total,
            sum(per_day.joins) filter(per_day.day = stated.day) as new_members,
            sum(per_day.messages) as messages,
            sum(per_day.speakers) as speakers,
            sum(per_day.groups) as groups,
            sum(per_day.groups) filter(per_day.day = stated.day) as new_groups,
            sum(per_day.groups_spoken) as groups_spoken
        from
            (
                select distinct
                    scope,
                    day
                from
                    stated
            ) as stated
            inner join per_day on per_day.scope = stated.scope
            and coalesce(per_day.day <= stated.day, true)
        group by
            stated.scope,
            stated.day
    ),
    known as (
        select
            scope,
            count(*) as groups,
            count(*) filter(not has_members) as without_list,
            count(*) filter(not has_messages) as without_log
        from
            scopes
        group by
            scope
    ),
    compared as (
        select
            stated.*,
            case stated.name
                when 'wecom_member_total' then totals.member_total
                when 'wecom_new_member_cnt' then totals.new_members
                when 'wecom_msg_total' then totals.messages
                when 'wecom_member_has_msg' then totals.speakers
                when 'wecom_chat_total' then totals.groups
                when 'wecom_new_chat_cnt' then totals.new_groups
                when 'wecom_chat_has_msg' then totals.groups_spoken
            end as found,
            max(stated.stated) filter(stated.name = 'wecom_chat_total') over (
                partition by
                    stated.scope,
                    stated.day
            ) as stated_groups,
            known.groups as known_groups,
            known.without_list,
            known.without_log
        from
            stated
            left join totals using (scope, day)
            left join known using (scope)
        where
            stated.name in (
                'wecom_member_total',
                'wecom_new_member_cnt',
                'wecom_msg_total',
                'wecom_member_has_msg',
                'wecom_chat_total',
                'wecom_new_chat_cnt',
                'wecom_chat_has_msg'
            )
    )
select
    compared.day,
    compared.scope,
    compared.group_id,
    compared.owner_id,
    coalesce(groups.name, masked_name (people.display_name)) as scope_name,
    compared.name,
    stated,
    coalesce(found, 0)::bigint as counted,
    greatest(1, 0.02 * stated) as tolerance,
    abs(coalesce(found, 0) - stated) <= greatest(1, 0.02 * stated) as is_within,
    case
        when abs(coalesce(found, 0) - stated) <= greatest(1, 0.02 * stated) then null
        when coalesce(found, 0) < stated
        and coalesce(known_groups, 0) < stated_groups then 'groups'
        when coalesce(found, 0) < stated
        and compared.name in ('wecom_member_total', 'wecom_new_member_cnt')
        and without_list > 0 then 'lists'
        when coalesce(found, 0) < stated
        and compared.name in (
            'wecom_msg_total',
            'wecom_member_has_msg',
            'wecom_chat_has_msg'
        )
        and without_log > 0 then 'logs'
        when coalesce(found, 0) < stated
        and compared.name in (
            'wecom_msg_total',
            'wecom_member_has_msg',
            'wecom_chat_has_msg'
        ) then 'early'
        when coalesce(found, 0) < stated then 'less'
        else 'more'
    end as reason
from
    compared
    left join marts.groups using (group_id)
    left join marts.people on people.person_id = compared.owner_id
