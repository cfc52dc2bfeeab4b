/*
title: Groups named in lists
description: >-
  Of the groups that orders, events of the calendar and survey answers state, how many are no group that is known, by id or name: their
  orders count where the buyer was, their events nowhere.
grain: [source]
columns:
  source: orders, calendar or surveys.
  stated: Groups that it states.
  unknown: Of them, those that no message, list or fupan.yaml knows, or whose name several groups have.
  "rows": Orders, events or answers that state one of these.
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
