/*
title: Sources
description: >-
  Whether a source that KPIs need was ever imported; where it was not, they have no value rather than 0, or (keeps_value)
  their value as defined, which nobody judges. Orders, their buyers and members are told of the whole workspace, the others of each
  group.
grain: [source, group_id]
columns:
  source: Name of the source, which a KPI's header says it needs.
  group_id: The group, or '*' for all.
  is_known: It was imported.
  zh: What to do where it was not, in Chinese.
  en: The same in English.
  href: Where it can be done.
  keeps_value: Without it a KPI still has a value by its definition, of those who are known; it is not judged.
*/
with
    known as (
        select
            'orders' as source,
            -- Orders of nobody: without a member list or a chat log there is no member whom one could be of.
            exists (
                select
                    1
                from
                    marts.orders
            )
            and exists (
                select
                    1
                from
                    marts.groups
            ) as is_known
        union all
        select
            'buyers',
            -- Orders that none of a shop's buyers can be told for: 0 % bought would be an answer that nobody has.
            not exists (
                select
                    1
                from
                    marts.orders
                where
                    is_valid
            )
            or exists (
                select
                    1
                from
                    marts.orders
                where
                    person_id is not null
            )
        union all
        select
            'messages',
            exists (
                select
                    1
                from
                    marts.groups
                where
                    has_messages
            )
        union all
        select
            'members',
            exists (
                select
                    1
                from
                    marts.groups
                where
                    has_roster
            )
        union all
        select
            'leavers',
            exists (
                select
                    1
                from
                    marts.groups
                where
                    has_leavers
            )
        union all
        select
            'inviters',
            exists (
                select
                    1
                from
                    marts.groups
                where
                    has_inviters
            )
    ),
    everywhere as (
        select
            source,
            '*' as group_id,
            is_known
        from
            known
        union all
        select
            known.source,
            groups.group_id,
            case known.source
                when 'messages' then groups.has_messages
                when 'leavers' then groups.has_leavers
                when 'inviters' then groups.has_inviters
                else known.is_known
            end
        from
            known
            cross join marts.groups as groups
    )
select
    everywhere.*,
    texts.zh,
    texts.en,
    texts.href,
    texts.keeps_value::boolean as keeps_value
from
    everywhere
    inner join seeds.sources as texts on texts.source = case
        when everywhere.source = 'orders'
        and exists (
            select
                1
            from
                marts.orders
        ) then 'orders_of_nobody'
        else everywhere.source
    end
