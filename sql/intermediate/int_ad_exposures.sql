/*
title: Advertisements before a leave
description: >-
  What a leaver saw of advertisements in the group before leaving, beside what was usual there: the 72 hours before,
  the group's own 72-hour counts of the 8 weeks before (from five of them on), and the same hours of the 4 weeks before
  as control windows. Before a group's log begins, and after it ends, nobody knows of its advertisements: no day and no window lies there.
grain: [group_id, person_id, nth]
*/
with
    ads as (
        select
            group_id,
            sent_at,
            local_at::date as day
        from
            marts.messages
        where
            is_ad
            and is_counted
            and role in ('staff', 'partner')
    ),
    leaves as (
        select
            events.group_id,
            events.person_id,
            events.nth,
            events.left_at,
            local_time (events.left_at)::date as day,
            memberships.joined_at
        from
            marts.churn_events as events
            inner join marts.memberships using (group_id, person_id, nth)
        where
            -- A leave between two lists has no hour.
            events.leave_evidence = 'explicit'
    ),
    logs as (
        select
            group_id,
            min(sent_at) as first_at,
            max(sent_at) as last_at,
            min(local_at)::date as first_day
        from
            marts.messages
        group by
            group_id
    ),
    per_day as (
        select
            group_id,
            day,
            count(*) as ads
        from
            ads
        group by all
    ),
    days as (
        select
            spans.group_id,
            unnest(
                generate_series(
                    spans.first_day::timestamp,
                    spans.last_day::timestamp,
                    interval 1 day
                )
            )::date as day
        from
            (
                select
                    leaves.group_id,
                    greatest(min(leaves.day) - 60, any_value(logs.first_day)) as first_day,
                    max(leaves.day) as last_day
                from
                    leaves
                    inner join logs using (group_id)
                    semi join ads using (group_id)
                group by
                    leaves.group_id
            ) as spans
    ),
    exposures as (
        select
            days.group_id,
            days.day,
            sum(coalesce(per_day.ads, 0)) over (
                partition by
                    days.group_id
                order by
                    days.day rows between 2 preceding
                    and current row
            ) as ads_72h
        from
            days
            left join per_day using (group_id, day)
    ),
    usual as (
        select
            exposures.group_id,
            exposures.day,
            count(*) over before as usual_days,
            quantile_cont(exposures.ads_72h, 0.75) over before as usual_high,
            quantile_cont(exposures.ads_72h, 0.5) over before as usual_middle
        from
            exposures
            inner join logs using (group_id)
        where
            -- The first days of a log have no three behind them.
            exposures.day >= logs.first_day + 2
        window
            before as (
                partition by
                    exposures.group_id
                order by
                    exposures.day rows between 56 preceding
                    and 1 preceding
            )
    ),
    windows as (
        select
            leaves.*,
            unnest(generate_series(0, 4)) as weeks_before
        from
            leaves
    ),
    counted as (
        select
            windows.group_id,
            windows.person_id,
            windows.nth,
            windows.weeks_before,
            any_value(windows.left_at) as left_at,
            any_value(windows.day) as day,
            coalesce(
                any_value(logs.last_at > windows.left_at - interval 1 day),
                false
            ) as is_heard,
            -- A control window counts where the person was a member for all of it, and the log tells of it.
            coalesce(
                any_value(
                    windows.weeks_before = 0
                    or windows.joined_at is null
                    or windows.joined_at <= windows.left_at - to_days((windows.weeks_before * 7 + 1)::integer)
                )
                and any_value(
                    logs.first_at <= windows.left_at - to_days((windows.weeks_before * 7 + 1)::integer)
                ),
                false
            ) as is_window,
            count(ads.sent_at) as ads_72h,
            count(ads.sent_at) filter(
                ads.sent_at > windows.left_at - to_days((windows.weeks_before * 7 + 1)::integer)
            ) as ads_24h
        from
            windows
            left join logs on logs.group_id = windows.group_id
            left join ads on ads.group_id = windows.group_id
            and ads.sent_at > windows.left_at - to_days((windows.weeks_before * 7 + 3)::integer)
            and ads.sent_at <= windows.left_at - to_days((windows.weeks_before * 7)::integer)
        group by
            windows.group_id,
            windows.person_id,
            windows.nth,
            windows.weeks_before
    )
select
    counted.group_id,
    counted.person_id,
    counted.nth,
    max(counted.ads_72h) filter(
        counted.weeks_before = 0
        and counted.is_heard
    ) as ads_72h,
    max(counted.ads_24h) filter(
        counted.weeks_before = 0
        and counted.is_heard
    ) as ads_24h,
    max(usual.usual_high) filter(usual.usual_days >= 5) as usual_high,
    max(usual.usual_middle) filter(usual.usual_days >= 5) as usual_middle,
    count(*) filter(
        counted.weeks_before > 0
        and counted.is_window
        and counted.is_heard
    ) as control_windows,
    count(*) filter(
        counted.weeks_before > 0
        and counted.is_window
        and counted.is_heard
        and counted.ads_24h > 0
    ) as control_windows_with_ad
from
    counted
    left join usual on usual.group_id = counted.group_id
    and usual.day = counted.day
group by
    counted.group_id,
    counted.person_id,
    counted.nth
