/*
title: The SOP for the rules
description: >-
  Per group and week what fell due, was missed or went astray, the content slots among it, the offers of the conversion phase, and how many days of class the running camp has.
grain: [group_id, week]
*/
with
    due as (
        select
            adherence.group_id,
            adherence.week,
            count(*) filter(adherence.is_due) as steps_due,
            count(*) filter(
                adherence.is_due
                and adherence.status = 'missed'
            ) as steps_missed,
            count(*) filter(
                adherence.is_due
                and adherence.status = 'wrong_group'
            ) as steps_wrong_group,
            count(*) filter(
                adherence.is_due
                and adherence.content_type in (
                    'tip',
                    'story',
                    'preview',
                    'topic',
                    'content',
                    'interaction'
                )
            ) as content_due,
            count(*) filter(
                adherence.is_due
                and adherence.content_type in (
                    'tip',
                    'story',
                    'preview',
                    'topic',
                    'content',
                    'interaction'
                )
                and adherence.status = 'missed'
            ) as content_missed
        from
            marts.sop_adherence as adherence
        group by
            adherence.group_id,
            adherence.week
    ),
    -- A camp is one of a plan's that begins on a day: a new revision on the way goes on with it.
    camp_steps as (
        select
            due.plan_id,
            plans.starts_on,
            due.group_id,
            due.week,
            due.due_local_at::date as day,
            due.phase,
            steps.content_type,
            coalesce(steps.text, steps.link, steps.step_id) as offer
        from
            marts.sop_steps_due as due
            inner join marts.sop_steps as steps using (plan_id, revision, step_id)
            inner join intermediate.int_plan_groups as plans using (plan_id, revision, group_id)
    ),
    -- The phase may lie in two weeks; its offers are those of the whole.
    phases as (
        select
            plan_id,
            starts_on,
            group_id,
            count(distinct offer) as offers
        from
            camp_steps
        where
            starts_with(phase, '转化')
            and content_type in ('ad', 'offer')
        group by
            plan_id,
            starts_on,
            group_id
    ),
    offers as (
        select
            steps.group_id,
            steps.week,
            count(*) as conversion_steps,
            max(phases.offers) as conversion_offers
        from
            camp_steps as steps
            inner join phases on phases.plan_id = steps.plan_id
            and phases.starts_on is not distinct from steps.starts_on
            and phases.group_id = steps.group_id
        where
            starts_with(steps.phase, '转化')
            and steps.content_type in ('ad', 'offer')
        group by
            steps.group_id,
            steps.week
    ),
    classes as (
        select
            plan_id,
            starts_on,
            group_id,
            count(distinct day) as camp_days,
            min(week) as first_week,
            max(week) as last_week
        from
            camp_steps
        where
            content_type in ('class', 'live', 'lesson')
            and starts_with(coalesce(phase, ''), '开课')
        group by
            plan_id,
            starts_on,
            group_id
    ),
    camps as (
        select
            weeks.group_id,
            weeks.week,
            max(classes.camp_days) as camp_days
        from
            intermediate.int_rule_weeks as weeks
            inner join classes on classes.group_id = weeks.group_id
            and weeks.week between classes.first_week and classes.last_week
        group by
            weeks.group_id,
            weeks.week
    )
select
    weeks.group_id,
    weeks.week,
    coalesce(due.steps_due, 0) as steps_due,
    coalesce(due.steps_missed, 0) as steps_missed,
    coalesce(due.steps_wrong_group, 0) as steps_wrong_group,
    coalesce(due.content_due, 0) as content_due,
    coalesce(due.content_missed, 0) as content_missed,
    coalesce(offers.conversion_steps, 0) as conversion_steps,
    coalesce(offers.conversion_offers, 0) as conversion_offers,
    camps.camp_days
from
    intermediate.int_rule_weeks as weeks
    left join due using (group_id, week)
    left join offers using (group_id, week)
    left join camps using (group_id, week)
