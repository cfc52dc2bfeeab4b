/*
title: Complaints and orders to look after, for the rules
description: >-
  Complaints count once a person confirmed that one of their messages is a complaint. A case belongs to the week in which its time was over.
grain: [group_id, week]
*/
with
    -- A message belongs to the member's last case that had begun by then.
    confirmed as (
        select distinct
            cases.case_id
        from
            (
                select
                    group_id,
                    person_id,
                    sent_at
                from
                    marts.message_labels
                where
                    label = 'complaint'
                    and source = 'operator'
            ) as ticked
            asof inner join (
                select
                    *
                from
                    marts.service_cases
                where
                    kind = 'complaint'
            ) as cases on cases.group_id = ticked.group_id
            and cases.person_id = ticked.person_id
            and cases.opened_at <= ticked.sent_at
    ),
    arguing as (
        select
            staff.group_id,
            targets.person_id,
            staff.sent_at
        from
            intermediate.int_staff_messages as staff
            inner join intermediate.int_staff_targets as targets on targets.message_key = staff.message_key
            and targets.group_id = staff.group_id
        where
            regexp_matches(
                staff.text,
                '没毛病|你操作不对|自己.{0,4}问题|不可能|别人都没|你看错|怎么就你|爱买不买|不是我们的'
            )
    ),
    -- A word to the member in the week after the case was settled.
    followed as (
        select distinct
            cases.case_id
        from
            marts.service_cases as cases
            inner join intermediate.int_service_replies as replies on replies.case_id = cases.case_id
            and replies.stage = 'follow'
            and replies.sent_at > cases.resolved_at
            and replies.sent_at <= cases.resolved_at + interval 7 day
        where
            cases.kind = 'complaint'
    ),
    complaints as (
        select
            cases.group_id,
            cases.week,
            cases.case_id,
            cases.person_id,
            cases.opened_at,
            cases.first_reply_at,
            cases.is_reply_in_time,
            cases.resolved_at,
            settings.as_of,
            -- The night runs no more for the second deadline than for the first.
            answered_by (
                cases.opened_at,
                settings.service_opens,
                settings.service_closes,
                120
            ) as escalates_at,
            followed.case_id is not null as is_followed,
            confirmed.case_id is not null as is_confirmed,
            exists (
                select
                    1
                from
                    arguing
                where
                    arguing.group_id = cases.group_id
                    and arguing.person_id = cases.person_id
                    and arguing.sent_at between cases.opened_at and cases.opened_at + interval 2 day
            ) as is_argued
        from
            marts.service_cases as cases
            cross join config.settings
            left join confirmed using (case_id)
            left join followed using (case_id)
        where
            cases.kind = 'complaint'
    ),
    opened as (
        select
            group_id,
            week,
            count(distinct person_id) as complainers,
            count(*) filter(is_confirmed) as complaints_confirmed,
            count(*) filter(
                is_confirmed
                and is_reply_in_time = false
            ) as complaints_late,
            count(*) filter(
                is_confirmed
                and is_reply_in_time = false
                and escalates_at < coalesce(first_reply_at, as_of)
            ) as complaints_escalated,
            count(*) filter(
                is_confirmed
                and is_argued
            ) as complaints_argued
        from
            complaints
        group by
            group_id,
            week
    ),
    settled as (
        select
            group_id,
            week_of (local_time (resolved_at + interval 7 day)) as week,
            count(*) as complaints_settled,
            count(*) filter(not is_followed) as complaints_without_follow_up
        from
            complaints
        where
            resolved_at is not null
        group by all
    ),
    -- A buyer of two days who was told of one of the orders was not left alone.
    bought as (
        select
            group_id,
            week_of (local_time (opened_at + interval 7 day)) as week,
            person_id,
            bool_or(coalesce(len(stages_done), 0) > 0) as has_contact
        from
            marts.service_cases
        where
            kind = 'aftersale'
        group by all
    ),
    sold as (
        select
            group_id,
            week,
            count(*) as buyers_due,
            count(*) filter(not has_contact) as buyers_without_contact
        from
            bought
        group by
            group_id,
            week
    )
select
    weeks.group_id,
    weeks.week,
    coalesce(opened.complainers, weeks.no_word) as complainers,
    coalesce(opened.complaints_confirmed, weeks.no_word) as complaints_confirmed,
    coalesce(opened.complaints_late, weeks.no_word) as complaints_late,
    coalesce(opened.complaints_escalated, weeks.no_word) as complaints_escalated,
    coalesce(opened.complaints_argued, weeks.no_word) as complaints_argued,
    coalesce(settled.complaints_settled, weeks.no_word) as complaints_settled,
    coalesce(
        settled.complaints_without_follow_up,
        weeks.no_word
    ) as complaints_without_follow_up,
    -- The seven days after an order lie in two weeks.
    if (
        weeks.has_log
        and weeks.had_log,
        coalesce(sold.buyers_due, 0),
        null
    ) as buyers_due,
    if (
        weeks.has_log
        and weeks.had_log,
        coalesce(sold.buyers_without_contact, 0),
        null
    ) as buyers_without_contact
from
    intermediate.int_rule_weeks as weeks
    left join opened using (group_id, week)
    left join settled using (group_id, week)
    left join sold using (group_id, week)
