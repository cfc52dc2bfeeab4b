/*
title: Leaves after ads for the rules
description: >-
  Per group and week, over four weeks, hours and leaves within 24 hours after an ad of the staff, and in all other hours. A leave known only from two lists has no hour and does not count.
grain: [group_id, week]
*/
with
    ad_hours as (
        select distinct
            ads.group_id,
            unnest(
                generate_series(
                    date_trunc('hour', ads.sent_at),
                    date_trunc('hour', ads.sent_at) + interval 23 hour,
                    interval 1 hour
                )
            ) as hour
        from
            marts.messages as ads
            semi join intermediate.int_rule_weeks as weeks on weeks.group_id = ads.group_id
            and weeks.week = ads.week
        where
            ads.is_ad
            and ads.is_staff
    ),
    hours as (
        select
            group_id,
            week_of (local_time (hour)) as week,
            count(*) as hours_after
        from
            ad_hours
        group by all
    ),
    leaves as (
        select
            churn.group_id,
            churn.week,
            count(*) filter(ad_hours.hour is not null) as leaves_after,
            count(*) filter(ad_hours.hour is null) as leaves_other
        from
            marts.churn_events as churn
            left join ad_hours on ad_hours.group_id = churn.group_id
            and ad_hours.hour = date_trunc('hour', churn.left_at)
        where
            churn.leave_evidence = 'explicit'
            and coalesce(churn.leave_kind, '') <> 'kick'
        group by
            churn.group_id,
            churn.week
    )
select
    weeks.group_id,
    weeks.week,
    (sum(coalesce(hours.hours_after, 0)) over four)::bigint as hours_after_ads,
    (
        sum(168 - coalesce(hours.hours_after, 0)) over four
    )::bigint as hours_other,
    (sum(coalesce(leaves.leaves_after, 0)) over four)::bigint as leaves_after_ads,
    (sum(coalesce(leaves.leaves_other, 0)) over four)::bigint as leaves_other
from
    intermediate.int_rule_weeks as weeks
    left join hours using (group_id, week)
    left join leaves using (group_id, week)
window
    four as (
        partition by
            weeks.group_id
        order by
            weeks.week rows between 3 preceding
            and current row
    )
