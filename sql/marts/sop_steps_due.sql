/*
title: SOP steps by due time
description: >-
  Each time a step falls due in a group of its plan: on its weekdays, on its day, or so long after the group was made,
  the camp began or the member joined. A plan with a first day has no weekly steps before it (those of a phase: before
  the phase), and a step for a member is due in its phase alone, to who has not left by then. Reaches horizonDays past as_of, so that the calendar is here too.
grain: [due_key]
columns:
  due_key: Key of this occurrence; may change with a new version of DuckDB.
  plan_id: The plan.
  revision: Revision of the plan that held at that moment.
  plan_version: Its version.
  group_id: The group.
  step_id: The step.
  week: First day of the local week.
  due_at: When it is due (UTC).
  due_local_at: The same in the workspace's time zone.
  on_time_from: Earliest moment that is on time (UTC).
  on_time_until: Latest moment that is on time (UTC, inclusive).
  missed_after: After this moment it counts as missed (UTC, inclusive).
  person_id: The member it is for, for steps counted from a member's joining.
  phase: Phase of the plan.
  task: What kind of work it is.
  role: Role that does it.
  owner: Who answers for it.
  content_type: What it is.
  is_past: Its time has come at as_of.
  is_judged: It is done in the group and the group's log reaches it, and does not seem to lack the week.
checks:
  - on_time_from <= due_at and due_at <= on_time_until and on_time_until <= missed_after
*/
with
    steps as (
        select
            steps.*,
            groups.group_id,
            groups.starts_on as day_zero,
            groups.judged_from,
            groups.judged_until,
            coalesce(steps.time, '00:00')::time as clock,
            steps.time is null
            and steps.offset_minutes is null as is_all_day,
            settings.as_of,
            settings.horizon_days,
            coalesce(steps.window_minutes, settings.window_minutes) as window_length,
            coalesce(steps.late_minutes, settings.late_minutes) as late_length
        from
            staging.stg_plan_steps as steps
            inner join intermediate.int_plan_groups as groups using (plan_id, revision)
            cross join config.settings
    ),
    days as (
        select
            day::date as day,
            lower(strftime(day, '%a')) as weekday
        from
            (
                select
                    unnest(
                        generate_series(
                            (
                                select
                                    min(week)
                                from
                                    intermediate.int_weeks
                            )::timestamp,
                            local_time (as_of) + to_days(horizon_days),
                            interval 1 day
                        )
                    ) as day
                from
                    config.settings
            )
    ),
    weekly as (
        select
            row_key,
            group_id,
            unnest(string_split(weekday, ',')) as weekday
        from
            steps
        where
            weekday is not null
    ),
    occurrences as (
        select
            weekly.row_key,
            weekly.group_id,
            null::varchar as person_id,
            days.day + steps.clock as local_at,
            null::timestamp as exact_at,
            null::timestamp as left_at
        from
            weekly
            inner join days using (weekday)
            inner join steps using (row_key, group_id)
        where
            (
                steps.day_zero is null
                or days.day >= steps.day_zero + coalesce(steps.phase_from, 0)
            )
            and (
                steps.day_zero is null
                or steps.phase_to is null
                or days.day <= steps.day_zero + steps.phase_to
            )
        union all
        select
            row_key,
            group_id,
            null,
            date + clock,
            null,
            null
        from
            steps
        where
            date is not null
        union all
        select
            steps.row_key,
            steps.group_id,
            null,
            if (
                steps.offset_minutes is null,
                local_time (groups.created_at)::date + coalesce(steps.day, 0) + steps.clock,
                null
            ),
            groups.created_at + to_minutes(steps.offset_minutes),
            null
        from
            steps
            inner join marts.groups as groups using (group_id)
        where
            steps.since = 'group_created'
            and groups.created_at is not null
            -- A log of which nobody knows who was there before it says nothing of when the group was made.
            and groups.has_roster
        union all
        select
            row_key,
            group_id,
            null,
            if (
                offset_minutes is null,
                day_zero + coalesce(day, 0) + clock,
                day_zero::timestamp + to_minutes(offset_minutes)
            ),
            null,
            null
        from
            steps
        where
            since = 'camp_start'
            and weekday is null
            and day_zero is not null
        union all
        select
            steps.row_key,
            steps.group_id,
            members.person_id,
            if (
                steps.offset_minutes is null,
                local_time (members.joined_at)::date + coalesce(steps.day, 0) + steps.clock,
                null
            ),
            members.joined_at + to_minutes(steps.offset_minutes),
            members.left_at
        from
            steps
            inner join marts.memberships as members using (group_id)
        where
            steps.since = 'member_join'
            and members.is_member
            and members.joined_at is not null
            and members.join_evidence in ('explicit', 'list')
    ),
    -- So long after a join or a group's beginning is an instant; its wall clock may be there twice, or jump, on the way.
    timed as (
        select
            row_key,
            group_id,
            person_id,
            coalesce(local_at, local_time (exact_at)) as local_at,
            coalesce(utc_time (local_at, false), exact_at) as due_at,
            -- The last moment of its day, which has 23 or 25 hours where the clocks change.
            utc_time (local_at + interval 1 day, false) - interval 1 microsecond as day_end,
            left_at
        from
            occurrences
    )
select
    hash(
        steps.row_key,
        timed.group_id,
        timed.person_id,
        timed.due_at
    ) as due_key,
    steps.plan_id,
    steps.revision,
    steps.version as plan_version,
    timed.group_id,
    steps.step_id,
    week_of (timed.local_at) as week,
    timed.due_at,
    timed.local_at as due_local_at,
    if (
        steps.is_all_day,
        timed.due_at,
        timed.due_at - to_minutes(steps.window_length)
    ) as on_time_from,
    if (
        steps.is_all_day,
        day_end,
        timed.due_at + to_minutes(steps.window_length)
    ) as on_time_until,
    if (
        steps.is_all_day,
        day_end,
        timed.due_at + to_minutes(greatest(steps.late_length, steps.window_length))
    ) as missed_after,
    timed.person_id,
    steps.phase,
    steps.task,
    steps.role,
    steps.owner,
    steps.content_type,
    timed.due_at < steps.as_of as is_past,
    coalesce(
        steps.task in ('publish', 'interact')
        and timed.due_at >= steps.judged_from
        and timed.due_at <= steps.judged_until
        and coalesce(timed.due_at <= gaps.silent_from, true),
        false
    ) as is_judged
from
    timed
    inner join steps using (row_key, group_id)
    left join marts.log_gaps as gaps on gaps.group_id = timed.group_id
    and gaps.week = week_of (timed.local_at)
where
    timed.due_at >= steps.holds_from
    and (
        steps.holds_until is null
        or timed.due_at < steps.holds_until
    )
    and timed.due_at < steps.as_of + to_days(steps.horizon_days)
    and coalesce(
        timed.left_at > if (steps.is_all_day, day_end, timed.due_at),
        true
    )
    and (
        timed.person_id is null
        or steps.day_zero is null
        or (
            coalesce(
                timed.local_at::date >= steps.day_zero + steps.phase_from,
                true
            )
            and coalesce(
                timed.local_at::date <= steps.day_zero + steps.phase_to,
                true
            )
        )
    )
