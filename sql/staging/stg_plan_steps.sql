/*
title: Steps of the plans
description: >-
  Every step of every revision of a plan, and from when to when the revision holds (UTC, half-open, null = open). The
  first version of a plan holds from always on, a later one from its stated day or else from its import; the same
  version imported again with other content holds from its import only, so that what was missed before stays missed.
grain: [row_key]
*/
with
    revisions as (
        select
            plan_id,
            revision,
            min(version) as version,
            utc_time (min(valid_from)::timestamp, false) as stated_from,
            min(seen_at) as seen_at
        from
            lake.plan_steps
        group by
            plan_id,
            revision
    ),
    ordered as (
        select
            *,
            row_number() over (
                partition by
                    plan_id
                order by
                    seen_at,
                    revision
            ) as nth_of_plan,
            row_number() over (
                partition by
                    plan_id,
                    version
                order by
                    seen_at,
                    revision
            ) as nth_of_version
        from
            revisions
    ),
    started as (
        select
            plan_id,
            revision,
            seen_at,
            case
                when nth_of_version > 1 then greatest(seen_at, coalesce(stated_from, seen_at))
                when stated_from is not null then stated_from
                when nth_of_plan = 1 then since_before ()
                else seen_at
            end as holds_from
        from
            ordered
    ),
    spans as (
        select
            plan_id,
            revision,
            holds_from,
            lead (holds_from) over (
                partition by
                    plan_id
                order by
                    holds_from,
                    seen_at,
                    revision
            ) as holds_until
        from
            started
    )
select
    steps.row_key,
    steps.plan_id,
    steps.revision,
    steps.version,
    steps.plan_title,
    spans.holds_from,
    spans.holds_until,
    steps.group_kind,
    steps.groups,
    steps.starts_on,
    steps.phase,
    steps.phase_from,
    steps.phase_to,
    steps.step_id,
    steps.task,
    steps.since,
    steps.day,
    steps.weekday,
    steps.date,
    steps.time,
    steps.offset_minutes,
    steps.window_minutes,
    steps.late_minutes,
    steps.role,
    steps.role_title,
    steps.role_keys,
    steps.owner,
    steps.content_type,
    steps.message_kind,
    steps.link,
    steps.scene,
    steps.text,
    steps.target,
    steps.definition
from
    lake.plan_steps as steps
    inner join spans using (plan_id, revision)
