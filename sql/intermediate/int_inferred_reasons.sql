/*
title: Inferred reasons for leaving
description: >-
  Evidence in the days before a leave: a kick, own complaints of the last 7 days, own questions that stayed unanswered
  for a day, more advertisements than usual in the 72 hours before with the last within a day, nothing on offer or
  nothing posted for weeks where there used to be, and eight weeks of silence that the log tells of. After a group's last message
  nobody knows whether anything was said: what did not happen then is no evidence. confirmed 4 : likely 2 : possible 1.
grain: [group_id, person_id, nth, reason]
*/
with
    leaves as (
        select
            events.*,
            memberships.joined_at
        from
            marts.churn_events as events
            inner join marts.memberships using (group_id, person_id, nth)
    ),
    logs as (
        select
            group_id,
            max(sent_at) as last_at,
            max(week) as last_week
        from
            marts.messages
        group by
            group_id
    ),
    unanswered as (
        select distinct
            leaves.group_id,
            leaves.person_id,
            leaves.nth,
            'service_unanswered' as reason,
            'likely' as label,
            'unanswered' as evidence
        from
            marts.service_cases as cases
            inner join leaves on leaves.group_id = cases.group_id
            and leaves.person_id = cases.person_id
            inner join logs on logs.group_id = cases.group_id
        where
            cases.kind in ('question', 'complaint')
            and logs.last_at >= cases.opened_at + interval 1 day
            and cases.opened_at between leaves.left_at - interval 7 day and leaves.left_at - interval 1 day
            and coalesce(
                cases.first_reply_at > cases.opened_at + interval 1 day,
                true
            )
    ),
    kicks as (
        select
            leaves.group_id,
            leaves.person_id,
            leaves.nth,
            'rule_violation' as reason,
            if (
                exists (
                    select
                        1
                    from
                        marts.messages
                    where
                        messages.group_id = leaves.group_id
                        and messages.person_id = leaves.person_id
                        and messages.is_ad
                        and messages.sent_at between leaves.left_at - interval 3 day and leaves.left_at
                ),
                'confirmed',
                'likely'
            ) as label,
            'kicked' as evidence
        from
            leaves
        where
            leaves.leave_kind = 'kick'
    ),
    ads as (
        select
            group_id,
            person_id,
            nth,
            'too_many_ads' as reason,
            'possible' as label,
            'ad_exposure' as evidence
        from
            intermediate.int_ad_exposures
        where
            ads_24h > 0
            and ads_72h >= usual_high
            and ads_72h > usual_middle
    ),
    group_weeks as (
        select
            group_id,
            week,
            bool_or(is_benefit) as has_benefit,
            bool_or(is_staff) as has_post
        from
            marts.messages
        group by
            group_id,
            week
    ),
    quiet as (
        select
            leaves.group_id,
            leaves.person_id,
            leaves.nth,
            any_value(logs.last_week >= leaves.week - 28) as is_benefit_known,
            any_value(logs.last_week >= leaves.week - 14) as is_post_known,
            bool_or(weeks.has_benefit) filter(weeks.week >= leaves.week - 28) as benefit_now,
            bool_or(weeks.has_benefit) as benefit_ever,
            bool_or(weeks.has_post) filter(weeks.week >= leaves.week - 14) as post_now,
            bool_or(weeks.has_post) as post_ever
        from
            leaves
            inner join logs on logs.group_id = leaves.group_id
            inner join group_weeks as weeks on weeks.group_id = leaves.group_id
            and weeks.week between leaves.week - 84 and leaves.week
        where
            coalesce(
                leaves.joined_at < leaves.left_at - interval 28 day,
                true
            )
        group by
            leaves.group_id,
            leaves.person_id,
            leaves.nth
    ),
    nothing as (
        select
            group_id,
            person_id,
            nth,
            unnest(
                list_filter(
                    [
                        if (
                            benefit_ever
                            and is_benefit_known
                            and not coalesce(benefit_now, false),
                            'no_benefit',
                            null
                        ),
                        if (
                            post_ever
                            and is_post_known
                            and not coalesce(post_now, false),
                            'content_bad',
                            null
                        )
                    ],
                    lambda reason: reason is not null
                )
            ) as reason,
            'possible' as label,
            'nothing_offered' as evidence
        from
            quiet
    ),
    buyers as (
        select
            person_id,
            max(paid_at) as last_paid_at
        from
            marts.orders
        where
            person_id is not null
        group by
            person_id
    ),
    silent as (
        select
            leaves.group_id,
            leaves.person_id,
            leaves.nth,
            'never_engaged' as reason,
            'possible' as label,
            'silence' as evidence
        from
            leaves
            inner join marts.groups using (group_id)
            inner join logs using (group_id)
            left join buyers using (person_id)
        where
            logs.last_week >= leaves.week - 14
            and
            -- Who was there before the data was there for long; before its log nobody's silence is known.
            coalesce(
                leaves.joined_at < leaves.left_at - interval 56 day,
                true
            )
            and groups.messages_from <= leaves.left_at - interval 56 day
            and coalesce(
                leaves.last_message_at < leaves.left_at - interval 56 day,
                true
            )
            and coalesce(
                buyers.last_paid_at < leaves.left_at - interval 56 day,
                true
            )
    ),
    found as (
        select
            *
        from
            intermediate.int_complaint_reasons
        union all
        select
            *
        from
            unanswered
        union all
        select
            *
        from
            kicks
        union all
        select
            *
        from
            ads
        union all
        select
            *
        from
            nothing
        union all
        select
            *
        from
            silent
    )
select
    group_id,
    person_id,
    nth,
    reason,
    max(
        case label
            when 'confirmed' then 4
            when 'likely' then 2
            else 1
        end
    ) as score,
    max_by(
        label,
        case label
            when 'confirmed' then 4
            when 'likely' then 2
            else 1
        end
    ) as label,
    string_agg(
        distinct evidence,
        ','
        order by
            evidence
    ) as evidence
from
    found
group by
    group_id,
    person_id,
    nth,
    reason
