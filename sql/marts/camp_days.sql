/*
title: Camps by day
description: >-
  What a camp had reached by the end of each of its days, whatever weekday it began on. Camps are the groups of kind
  camp. Day 1 is the day on which a plan for this very group starts, else the local day on which the group was created.
  Only days that are over, at most 30, of camps whose chat log reaches back to day 1.
grain: [group_id, day]
columns:
  group_id: The camp.
  day: Day of the camp, from 1.
  local_day: Its date (local).
  starts_on: Date of day 1 (local).
  joined: Members who had been there since day 1, or come by the end of the day.
  spoke: Of these, who had spoken since day 1.
  bought: Of these, who had bought since day 1.
  gone: Of these, who had left for good.
checks:
  - spoke <= joined and bought <= joined and gone <= joined
*/
with
    planned as (
        select
            plans.group_id,
            min(plans.starts_on) as starts_on
        from
            intermediate.int_plan_groups as plans
            semi join (
                select
                    plan_id
                from
                    staging.stg_plan_steps
                where
                    groups is not null
            ) as listing on listing.plan_id = plans.plan_id
        where
            plans.starts_on is not null
        group by
            plans.group_id
    ),
    logs as (
        select
            group_id,
            min(week) as first_week
        from
            marts.group_weeks
        where
            messages > 0
        group by
            group_id
    ),
    camps as (
        select
            groups.group_id,
            coalesce(
                planned.starts_on,
                local_time (groups.created_at)::date
            )::date as starts_on
        from
            marts.groups as groups
            inner join logs using (group_id)
            left join planned using (group_id)
        where
            groups.kind = 'camp'
            and logs.first_week <= coalesce(
                planned.starts_on,
                local_time (groups.created_at)::date
            )
    ),
    members as (
        select
            camps.group_id,
            camps.starts_on,
            stays.person_id,
            min(
                coalesce(
                    local_time (stays.joined_at)::date,
                    camps.starts_on
                )
            ) as joined_on,
            -- Null as soon as one stay is open.
            if (
                bool_or(stays.left_at is null),
                null,
                max(local_time (stays.left_at)::date)
            ) as left_on
        from
            camps
            inner join marts.memberships as stays using (group_id)
        where
            stays.is_member
            and coalesce(
                local_time (stays.left_at)::date >= camps.starts_on,
                true
            )
        group by
            camps.group_id,
            camps.starts_on,
            stays.person_id
    ),
    speech as (
        select
            members.group_id,
            members.person_id,
            min(spoken.day) as day
        from
            members
            inner join intermediate.int_speaking_days as spoken on spoken.group_id = members.group_id
            and spoken.person_id = members.person_id
        where
            spoken.messages > 0
            and spoken.day between members.starts_on and members.starts_on + 30
        group by
            members.group_id,
            members.person_id
    ),
    purchases as (
        select
            members.group_id,
            members.person_id,
            min(orders.paid_day) as day
        from
            members
            inner join intermediate.int_buyer_orders as orders on orders.group_id = members.group_id
            and orders.person_id = members.person_id
        where
            orders.paid_day between members.starts_on and members.starts_on + 30
        group by
            members.group_id,
            members.person_id
    ),
    -- Nobody does anything before coming: a word on the day of joining may be told of an earlier one by another source.
    steps as (
        select
            members.group_id,
            members.starts_on,
            unnest(
                [
                    {'step': 'joined', 'day': joined_on},
                    {
                        'step': 'spoke',
                        'day': case
                            when speech.day is not null then greatest(joined_on, speech.day)
                        end
                    },
                    {
                        'step': 'bought',
                        'day': case
                            when purchases.day is not null then greatest(joined_on, purchases.day)
                        end
                    },
                    {'step': 'gone', 'day': left_on}
                ],
                recursive := true
            )
        from
            members
            left join speech using (group_id, person_id)
            left join purchases using (group_id, person_id)
    ),
    counted as (
        select
            group_id,
            greatest(1, date_diff('day', starts_on, day) + 1) as day,
            count(*) filter(step = 'joined') as joined,
            count(*) filter(step = 'spoke') as spoke,
            count(*) filter(step = 'bought') as bought,
            count(*) filter(step = 'gone') as gone
        from
            steps
        where
            day is not null
        group by
            group_id,
            greatest(1, date_diff('day', starts_on, day) + 1)
    ),
    days as (
        select
            camps.group_id,
            day.n::integer as day,
            camps.starts_on + (day.n::integer - 1) as local_day,
            camps.starts_on
        from
            camps
            cross join config.settings
            cross join range(1, 31) as day(n)
        where
            camps.starts_on + day.n::integer <= local_time (settings.as_of)::date
    )
select
    days.group_id,
    days.day,
    days.local_day,
    days.starts_on,
    coalesce(sum(counted.joined) over reached, 0)::bigint as joined,
    coalesce(sum(counted.spoke) over reached, 0)::bigint as spoke,
    coalesce(sum(counted.bought) over reached, 0)::bigint as bought,
    coalesce(sum(counted.gone) over reached, 0)::bigint as gone
from
    days
    left join counted using (group_id, day)
window
    reached as (
        partition by
            days.group_id
        order by
            days.day
    )
