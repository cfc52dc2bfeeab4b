/*
title: Service of a week
description: >-
  Per kind of case and group, how many opened, were answered in time, are settled or open, and the median minutes to the
  first reply. Who still waits counts in the median (Kaplan–Meier, watched for 24 hours, to the end of the data or until
  the member left): of answered cases alone it would look short wherever many get no answer. Null = fewer than half
  were answered. by_group: no = of all these groups together alone.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  by_group: {type: text, default: "yes"}
people: []
*/
with
    cases as (
        select
            unnest(
                if ($by_group = 'yes', [cases.group_id, '*'], ['*'])
            ) as scope,
            cases.*,
            coalesce(
                cases.first_reply_at <= cases.opened_at + interval 1 day,
                false
            ) as is_answered
        from
            marts.service_cases as cases
        where
            cases.week = $week::date
            and (
                $group_id = '*'
                or cases.group_id = $group_id
            )
    ),
    departures as (
        select
            cases.case_id,
            min(memberships.left_at) as left_at
        from
            cases
            inner join marts.memberships as memberships on memberships.group_id = cases.group_id
            and memberships.person_id = cases.person_id
            and memberships.left_at > cases.opened_at
        where
            not cases.is_answered
        group by
            cases.case_id
    ),
    watched as (
        select
            cases.scope,
            cases.kind,
            cases.is_answered,
            if (
                cases.is_answered,
                cases.first_reply_minutes,
                least(
                    1440,
                    date_diff(
                        'minute',
                        cases.opened_at,
                        least(about.as_of, departures.left_at)
                    )
                )
            ) as minutes
        from
            cases
            cross join report.about as about
            left join departures using (case_id)
    ),
    times as (
        select
            scope,
            kind,
            minutes,
            count(*) filter(is_answered) as answered,
            sum(count(*)) over (
                partition by
                    scope,
                    kind
                order by
                    minutes desc
            ) as waiting
        from
            watched
        group by
            scope,
            kind,
            minutes
    ),
    curve as (
        select
            scope,
            kind,
            minutes,
            product(1 - answered / waiting) over (
                partition by
                    scope,
                    kind
                order by
                    minutes
            ) as unanswered
        from
            times
    ),
    medians as (
        select
            scope,
            kind,
            min(minutes) as median_reply_minutes
        from
            curve
        where
            unanswered <= 0.5 + 1e-12
        group by
            scope,
            kind
    ),
    counted as (
        select
            scope,
            kind,
            count(*) as cases,
            count(*) filter(is_reply_in_time) as in_time,
            count(*) filter(is_reply_in_time is not null) as judged,
            count(*) filter(resolved_at is not null) as resolved,
            count(*) filter(is_open) as open
        from
            cases
        group by
            scope,
            kind
    )
select
    counted.scope as group_id,
    counted.kind,
    counted.cases,
    counted.in_time,
    counted.judged,
    counted.resolved,
    counted.open,
    medians.median_reply_minutes
from
    counted
    left join medians using (scope, kind)
order by
    counted.scope,
    counted.kind
