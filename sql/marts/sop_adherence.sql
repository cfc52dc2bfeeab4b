/*
title: SOP adherence
description: >-
  What became of each due step, found in the log itself, and what the staff posted beside the plan. Only rows with
  is_due count: a step whose time has not run out, or that the log does not reach, is not there. A step that went to
  another group has a row in both; only the one of its own group counts.
grain: [row_key]
columns:
  row_key: Key of the row.
  group_id: The group.
  week: First day of the local week, of the due time or else of the message.
  plan_id: The plan; null for what no plan has.
  plan_version: Its version.
  revision: Its revision.
  step_id: The step; null for what is unplanned.
  due_key: Occurrence of the step in marts.sop_steps_due.
  due_at: When it was due (UTC).
  due_local_at: The same in the workspace's time zone.
  role: Role that was to do it.
  owner: Who answers for it.
  content_type: What it is.
  status: done, late, missed, wrong_group or unplanned.
  is_due: Counts as a due step of this group.
  minutes_late: Whole minutes from the due time to the message; negative = early. Null without a message.
  matched_by: What the message was known by (text, heading, link, kind or time).
  similarity: Share of the script that was found in the message.
  message_key: The message that is the evidence; null when missed.
  sent_at: When it was sent (UTC).
  sender_id: Who sent it.
  is_right_role: Sent by someone who holds the step's role; null where nobody is known to hold it or the sender's job is unknown.
  other_group_id: For wrong_group, the group it went to, or the one it was meant for.
  person_id: The member it was for, if it was for one.
checks:
  - status in ('done', 'late', 'missed', 'wrong_group', 'unplanned')
  - (message_key is null) = (status = 'missed')
*/
with
    judged as (
        select
            due.*,
            matches.message_key,
            matches.seconds_late,
            matches.similarity,
            matches.matched_by,
            elsewhere.message_key as elsewhere_key,
            elsewhere.group_id as elsewhere_group,
            elsewhere.seconds_late as elsewhere_late,
            elsewhere.similarity as elsewhere_similarity
        from
            marts.sop_steps_due as due
            cross join config.settings
            left join intermediate.int_step_matches as matches using (due_key)
            left join intermediate.int_steps_elsewhere as elsewhere using (due_key)
        where
            due.is_judged
            and due.is_past
            and (
                matches.due_key is not null
                or elsewhere.due_key is not null
                or due.missed_after < settings.as_of
            )
    ),
    planned as (
        select
            hash(due_key, 'due') as row_key,
            group_id,
            week,
            plan_id,
            plan_version,
            revision,
            step_id,
            due_key,
            due_at,
            due_local_at,
            role,
            owner,
            content_type,
            case
                when message_key is not null
                and due_at + to_seconds(seconds_late) <= on_time_until then 'done'
                when message_key is not null then 'late'
                when elsewhere_key is not null then 'wrong_group'
                else 'missed'
            end as status,
            true as is_due,
            coalesce(seconds_late, elsewhere_late) as seconds_late,
            coalesce(
                matched_by,
                if (elsewhere_key is not null, 'text', null)
            ) as matched_by,
            coalesce(similarity, elsewhere_similarity) as similarity,
            coalesce(message_key, elsewhere_key) as message_key,
            if (message_key is null, elsewhere_group, group_id) as sent_to,
            elsewhere_group as other_group_id,
            person_id
        from
            judged
    ),
    elsewhere as (
        select
            hash(due_key, 'elsewhere') as row_key,
            other_group_id as group_id,
            week,
            plan_id,
            plan_version,
            revision,
            step_id,
            due_key,
            due_at,
            due_local_at,
            role,
            owner,
            content_type,
            status,
            false as is_due,
            seconds_late,
            matched_by,
            similarity,
            message_key,
            sent_to,
            group_id as other_group_id,
            person_id
        from
            planned
        where
            status = 'wrong_group'
    ),
    unplanned as (
        select
            hash(
                messages.message_key,
                messages.group_id,
                'unplanned'
            ) as row_key,
            messages.group_id,
            week_of (local_time (messages.sent_at)) as week,
            messages.message_key
        from
            intermediate.int_staff_messages as messages
            left join intermediate.int_step_matches as matches using (message_key, group_id)
            left join intermediate.int_steps_elsewhere as gone using (message_key, group_id)
        where
            messages.role = 'staff'
            and not messages.is_directed
            and (
                messages.kind <> 'text'
                or length(messages.text) >= 20
            )
            and matches.message_key is null
            and gone.message_key is null
            and messages.group_id in (
                select
                    group_id
                from
                    marts.sop_steps_due
                where
                    is_judged
            )
    ),
    rows as (
        select
            *
        from
            planned
        union all
        select
            *
        from
            elsewhere
        union all
        select
            row_key,
            group_id,
            week,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            'unplanned',
            false,
            null,
            null,
            null,
            message_key,
            group_id,
            null,
            null
        from
            unplanned
    ),
    jobs as (
        select
            rows.row_key,
            bool_or(jobs.job = lower(rows.role)) as is_right_role
        from
            rows
            inner join intermediate.int_staff_messages as messages on messages.message_key = rows.message_key
            and messages.group_id = rows.sent_to
            inner join intermediate.int_sender_jobs as jobs on jobs.person_id = messages.person_id
            and jobs.group_id in ('*', rows.sent_to)
        where
            rows.role is not null
        group by
            rows.row_key
    )
select
    rows.row_key,
    rows.group_id,
    rows.week,
    rows.plan_id,
    rows.plan_version,
    rows.revision,
    rows.step_id,
    rows.due_key,
    rows.due_at,
    rows.due_local_at,
    rows.role,
    rows.owner,
    rows.content_type,
    rows.status,
    rows.is_due,
    floor(rows.seconds_late / 60.0)::integer as minutes_late,
    rows.matched_by,
    rows.similarity,
    rows.message_key,
    messages.sent_at,
    messages.person_id as sender_id,
    jobs.is_right_role,
    rows.other_group_id,
    rows.person_id
from
    rows
    left join intermediate.int_staff_messages as messages on messages.message_key = rows.message_key
    and messages.group_id = rows.sent_to
    left join jobs using (row_key)
