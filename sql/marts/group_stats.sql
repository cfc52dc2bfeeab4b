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
    speaking as (
        select
            group_id,
            person_id,
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
    ),
    movements as (
        select
            group_id,
            local_time (coalesce(joined_at, since_before ()))::date as day,
            'join' as what,
            count(*) as n
        from
            marts.memberships
        group by all
        union all
        select
            group_id,
            local_time (left_at)::date,
            'leave',
            count(*)
        from
            marts.memberships
        where
            left_at is not null
        group by all
        union all
        select
            group_id,
            day,
            'message',
            sum(messages)::bigint
        from
            speaking
        group by all
        union all
        select
            group_id,
            day,
            'first_words',
            count(*)
        from
            speaking
        where
            nth = 1
        group by all
        union all
        select
            group_id,
            created_day,
            'new_group',
            1
        from
            wecom_groups
        union all
        select
            group_id,
            min(day),
            'group_speaks',
            1
        from
            speaking
        group by
            group_id
    ),
    per_day as (
        select
            scopes.scope,
            movements.day,
            movements.what,
            sum(movements.n) as n
        from
            scopes
            inner join movements using (group_id)
        group by
            scopes.scope,
            movements.day,
            movements.what
    ),
    totals as (
        select
            stated.scope,
            stated.day,
            sum(
                case per_day.what
                    when 'join' then per_day.n
                    when 'leave' then - per_day.n
                end
            ) as member_total,
            sum(per_day.n) filter(
                per_day.what = 'join'
                and per_day.day = stated.day
            ) as new_members,
            sum(per_day.n) filter(per_day.what = 'message') as messages,
            sum(per_day.n) filter(per_day.what = 'first_words') as speakers,
            sum(per_day.n) filter(per_day.what = 'new_group') as groups,
            sum(per_day.n) filter(
                per_day.what = 'new_group'
                and per_day.day = stated.day
            ) as new_groups,
            sum(per_day.n) filter(per_day.what = 'group_speaks') as groups_spoken
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
