/*
title: Groups named in lists
description: >-
  Of the groups that orders, events of the calendar, survey answers and plans in force state, how many are no group that is known, by id or
  name: their orders count where the buyer was, their events and steps nowhere.
grain: [source]
columns:
  source: orders, calendar, surveys or plans.
  stated: Groups that it states.
  unknown: Of them, those that no message, list or fupan.yaml knows, or whose name several groups have.
  "rows": Orders, events or answers that state one of these, or plans that list it.
*/
with
    stated as (
        select
            'orders' as source,
            stated_group_id as group_id
        from
            intermediate.int_orders
        union all
        select
            'calendar',
            group_id
        from
            intermediate.int_calendar
        union all
        select
            'surveys',
            group_id
        from
            intermediate.int_survey_answers
        union all
        select
            'plans',
            coalesce(names.group_id, named.group_id, listed.id)
        from
            (
                select distinct
                    plan_id,
                    unnest(groups).id as id
                from
                    staging.stg_plan_steps
                where
                    holds_until is null
            ) as listed
            left join intermediate.int_group_names as names on names.name = listed.id
            left join (
                select
                    name,
                    min(group_id) as group_id
                from
                    marts.groups
                group by
                    name
            ) as named on named.name = listed.id
    )
select
    stated.source,
    count(distinct stated.group_id) as stated,
    count(distinct stated.group_id) filter(groups.group_id is null) as unknown,
    count(*) filter(groups.group_id is null) as "rows"
from
    stated
    left join marts.groups as groups using (group_id)
where
    stated.group_id is not null
group by
    stated.source
