/*
title: Questions and welcomes for the rules
description: >-
  Per group and week of the opening: welcomes, questions and how long they waited. The median is that of Kaplan and Meier, in minutes of the service hours; a question without an answer was watched for a day, to the end of the data or until the member left.
grain: [group_id, week]
*/
with
    cases as (
        select
            cases.*,
            settings.as_of,
            date_diff('second', cases.opened_at, cases.first_reply_at) / 60.0 as waited
        from
            marts.service_cases as cases
            cross join config.settings
            -- Where no message of the week was imported, nobody is known to have said nothing to somebody who came.
            semi join intermediate.int_rule_weeks as weeks on weeks.group_id = cases.group_id
            and weeks.week = cases.week
            and weeks.has_log
    ),
    departures as (
        select
            cases.case_id,
            min(stays.left_at) as left_at
        from
            cases
            inner join marts.memberships as stays on stays.group_id = cases.group_id
            and stays.person_id = cases.person_id
            and stays.left_at > cases.opened_at
        where
            cases.kind = 'question'
            and coalesce(cases.waited > 1440, true)
        group by
            cases.case_id
    ),
    watched as (
        select
            cases.group_id,
            cases.week,
            coalesce(cases.waited <= 1440, false) as is_answered,
            local_time (cases.opened_at) as asked_at,
            local_time (
                if (
                    coalesce(cases.waited <= 1440, false),
                    cases.first_reply_at,
                    least(
                        cases.opened_at + interval 1 day,
                        cases.as_of,
                        departures.left_at
                    )
                )
            ) as ended_at
        from
            cases
            left join departures using (case_id)
        where
            cases.kind = 'question'
    ),
    -- Of each day only what lies between the opening and the closing of the service runs.
    questions as (
        select
            watched.group_id,
            watched.week,
            watched.is_answered,
            date_diff(
                'day',
                watched.asked_at::date,
                watched.ended_at::date
            ) * (
                epoch(settings.service_closes) - epoch(settings.service_opens)
            ) + least(
                epoch(watched.ended_at::time),
                epoch(settings.service_closes)
            ) - least(
                epoch(watched.ended_at::time),
                epoch(settings.service_opens)
            ) - least(
                epoch(watched.asked_at::time),
                epoch(settings.service_closes)
            ) + least(
                epoch(watched.asked_at::time),
                epoch(settings.service_opens)
            ) as seconds
        from
            watched
            cross join config.settings
    ),
    moments as (
        select
            group_id,
            week,
            if (
                is_answered,
                ceil(seconds / 60),
                floor(seconds / 60)
            ) as minute,
            count(*) filter(is_answered) as answered,
            count(*) as ended
        from
            questions
        group by
            group_id,
            week,
            minute
    ),
    survival as (
        select
            *,
            exp(
                sum(ln(greatest(1 - answered / at_risk, 1e-12))) over (
                    partition by
                        group_id,
                        week
                    order by
                        minute
                )
            ) as still_open
        from
            (
                select
                    *,
                    sum(ended) over (
                        partition by
                            group_id,
                            week
                        order by
                            minute desc
                    ) as at_risk
                from
                    moments
            )
    ),
    medians as (
        select
            group_id,
            week,
            -- Half of them exactly may come out of the logarithms a little above.
            min(minute) filter(still_open <= 0.5 + 1e-9) as reply_median_minutes,
            max(minute) as watched_minutes
        from
            survival
        group by
            group_id,
            week
    ),
    newcomers as (
        select
            cases.case_id,
            any_value(
                answered_by (
                    cases.opened_at,
                    settings.service_opens,
                    settings.service_closes,
                    120
                )
            ) as answer_by
        from
            cases
            cross join config.settings
            inner join marts.memberships as stays on stays.group_id = cases.group_id
            and stays.person_id = cases.person_id
            -- Who is known from the first word alone may have been there for years.
            and stays.join_evidence <> 'implied'
            and stays.joined_at <= cases.opened_at
            and stays.joined_at >= cases.opened_at - interval 7 day
        group by
            cases.case_id
    )
select
    cases.group_id,
    cases.week,
    count(*) filter(cases.kind = 'question') as questions,
    count(*) filter(
        cases.kind = 'question'
        and cases.is_reply_in_time
    ) as questions_in_time,
    count(*) filter(
        cases.kind = 'question'
        and cases.opened_at + interval 1 day <= cases.as_of
        and coalesce(cases.waited > 1440, true)
    ) as unanswered_24h,
    count(*) filter(
        cases.kind = 'question'
        and newcomers.case_id is not null
        and newcomers.answer_by <= cases.as_of
        and coalesce(cases.first_reply_at > newcomers.answer_by, true)
    ) as newcomer_unanswered_2h,
    count(*) filter(
        cases.kind = 'welcome'
        and cases.opened_at + interval 1 day <= cases.as_of
    ) as welcome_cases,
    count(*) filter(
        cases.kind = 'welcome'
        and cases.opened_at + interval 1 day <= cases.as_of
        and greet.minutes <= 1440
    ) as welcome_done,
    any_value(medians.reply_median_minutes) as reply_median_minutes,
    any_value(medians.watched_minutes) as watched_minutes
from
    cases
    left join newcomers using (case_id)
    left join medians using (group_id, week)
    left join marts.service_stages as greet on greet.case_id = cases.case_id
    and greet.stage = 'greet'
group by
    cases.group_id,
    cases.week
