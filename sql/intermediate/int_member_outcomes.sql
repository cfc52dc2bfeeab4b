/*
title: How far each listed person is known
description: Everyone on a member list, whether a member, a buyer, and counted as one; with a masked name as a sample.
grain: [person_id]
*/
with
    bought as (
        select
            person_id,
            bool_or(outcome = 'counted') as is_counted
        from
            marts.order_outcomes
        where
            outcome in ('not_in_group', 'outside_weeks', 'counted')
        group by
            person_id
    ),
    stays as (
        select
            person_id,
            bool_or(is_member) as is_member
        from
            marts.memberships
        group by
            person_id
    ),
    persons as (
        select distinct
            keys.person_id
        from
            staging.stg_member_lists as lists
            inner join intermediate.int_person_keys as keys using (person_key)
    )
select
    persons.person_id,
    case
        when not coalesce(stays.is_member, false) then 'no_member'
        when bought.person_id is null then 'never_bought'
        when not bought.is_counted then 'not_in_group'
        else 'counted'
    end as outcome,
    masked_name (people.display_name) as sample
from
    persons
    left join stays using (person_id)
    left join bought using (person_id)
    left join marts.people using (person_id)
