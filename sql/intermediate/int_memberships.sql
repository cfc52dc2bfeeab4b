/*
title: Memberships
description: >-
  Half-open intervals [joined_at, left_at) per group and person, never overlapping. A run of joins opens one, dated by
  the most trusted within a day of the first; the run of leaves after it closes it, dated by the most trusted. A rejoin
  within the debounce minutes is no leave. joined_at null = member since before the data.
grain: [group_id, person_id, nth]
*/
with
    ordered as (
        select
            *,
            lag (kind) over (
                partition by
                    group_id,
                    person_id
                order by
                    happened_at,
                    kind desc,
                    trust
            ) as previous_kind
        from
            intermediate.int_evidence
    ),
    numbered as (
        select
            *,
            sum(
                if (
                    previous_kind is null
                    or (
                        kind = 'join'
                        and previous_kind = 'leave'
                    ),
                    1,
                    0
                )
            ) over (
                partition by
                    group_id,
                    person_id
                order by
                    happened_at,
                    kind desc,
                    trust
                    -- Evidence of one moment is one run, in whatever order the two sorts leave it.
                    range unbounded preceding
            ) as run
        from
            ordered
    ),
    firsts as (
        select
            *,
            min(happened_at) filter(kind = 'join') over (
                partition by
                    group_id,
                    person_id,
                    run
            ) as first_join
        from
            numbered
    ),
    intervals as (
        select
            group_id,
            person_id,
            run,
            min_by(happened_at, (- trust, happened_at)) filter(
                kind = 'join'
                and happened_at <= first_join + interval 1 day
            ) as joined_at,
            max(trust) filter(
                kind = 'join'
                and happened_at <= first_join + interval 1 day
            ) as join_trust,
            min_by(channel, (- trust, happened_at, channel)) filter(
                kind = 'join'
                and channel is not null
            ) as join_source,
            min_by(inviter_id, (- trust, happened_at, inviter_id)) filter(
                kind = 'join'
                and inviter_id is not null
            ) as inviter_id,
            min_by(happened_at, (- trust, happened_at)) filter(kind = 'leave') as left_at,
            max(trust) filter(kind = 'leave') as leave_trust,
            min_by(leave_kind, (- trust, happened_at, leave_kind)) filter(kind = 'leave') as leave_kind,
            min_by(
                observed_from,
                (- trust, happened_at, observed_from)
            ) filter(kind = 'leave') as observed_from
        from
            firsts
        group by
            group_id,
            person_id,
            run
    ),
    islands as (
        select
            intervals.*,
            sum(
                if (
                    joined_at <= previous_left_at + to_minutes(debounce_minutes),
                    0,
                    1
                )
            ) over (
                partition by
                    group_id,
                    person_id
                order by
                    run rows unbounded preceding
            )::bigint as nth
        from
            (
                select
                    intervals.*,
                    settings.debounce_minutes,
                    lag (left_at) over (
                        partition by
                            group_id,
                            person_id
                        order by
                            run
                    ) as previous_left_at
                from
                    intervals
                    cross join config.settings
            ) as intervals
    )
select
    group_id,
    person_id,
    nth,
    nullif(
        min(coalesce(joined_at, since_before ())),
        since_before ()
    ) as joined_at,
    if (count(*) > count(left_at), null, max(left_at)) as left_at,
    min_by(join_trust, run) as join_trust,
    min_by(join_source, run) as join_source,
    min_by(inviter_id, run) as inviter_id,
    if (
        count(*) > count(left_at),
        null,
        max_by(leave_kind, run)
    ) as leave_kind,
    if (
        count(*) > count(left_at),
        null,
        max_by(leave_trust, run)
    ) as leave_trust,
    if (
        count(*) > count(left_at),
        null,
        max_by(observed_from, run)
    ) as observed_from
from
    islands
group by
    group_id,
    person_id,
    nth
