/*
title: Groups by their names
description: >-
  Names that only ever one group had, and that are no group's id: lists that people keep say a group by either. A group
  keeps the names that it had before.
grain: [name]
*/
with
    said as (
        select
            group_name as name,
            group_id
        from
            staging.stg_messages
        union
        select
            group_name,
            group_id
        from
            staging.stg_member_lists
        union
        select
            name,
            group_id
        from
            config.groups
        union
        select
            name,
            group_id
        from
            marts.groups
    )
select
    said.name,
    min(said.group_id) as group_id
from
    said
    anti join marts.groups as ids on ids.group_id = said.name
where
    said.name is not null
group by
    said.name
having
    count(distinct said.group_id) = 1
