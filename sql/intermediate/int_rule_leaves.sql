/*
title: Leaves after ads for the rules
description: >-
  Per group and week, over four weeks, hours and leaves within 24 hours after an ad of the staff or a partner, and in all other hours. A leave known only from two lists has no hour and does not count.
grain: [group_id, week]
*/
with
    -- The time after an ad runs for a day or until the next ad, so that none counts twice.
    ads as (
        select
            ads.group_id,
            ads.week,
            ads.sent_at,
            least(
                ads.sent_at + interval 24 hour,
                lead (ads.sent_at) over (
                    partition by
                        ads.group_id
                    order by
                        ads.sent_at,
                        ads.message_key
                )
            ) as until_at
        from
            marts.messages as ads
            semi join intermediate.int_rule_weeks as weeks on weeks.group_id = ads.group_id
            and weeks.week = ads.week
        where
            ads.is_ad
            and ads.is_counted
            and ads.role in ('staff', 'partner')
    ),
    spread as (
        select
            group_id,
            sent_at,
            until_at,
            unnest([week, (week + 7)::date]) as week
        from
            ads
    ),
    hours as (
        select
            spread.group_id,
            spread.week,
            sum(
                epoch(least(spread.until_at, weeks.ends_at)) - epoch(greatest(spread.sent_at, weeks.starts_at))
            ) / 3600 as hours_after
        from
            spread
            inner join intermediate.int_rule_weeks as weeks using (group_id, week)
        where
            spread.until_at > weeks.starts_at
        group by
            spread.group_id,
            spread.week
    ),
    leaves as (
        select
            churn.group_id,
            churn.week,
            count(*) filter(
                coalesce(
                    churn.left_at <= ads.sent_at + interval 24 hour,
                    false
                )
            ) as leaves_after,
            count(*) filter(
                coalesce(
                    churn.left_at > ads.sent_at + interval 24 hour,
                    true
                )
            ) as leaves_other
        from
            marts.churn_events as churn
            asof left join ads on ads.group_id = churn.group_id
            and ads.sent_at <= churn.left_at
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
    round(sum(coalesce(hours.hours_after, 0)) over four)::bigint as hours_after_ads,
    -- Before the chat log begins neither ads nor those who left are known: such weeks are no hours without ads.
    round(
        sum(
            if (
                weeks.is_heard,
                epoch(weeks.ends_at - weeks.starts_at) / 3600 - coalesce(hours.hours_after, 0),
                0
            )
        ) over four
    )::bigint as hours_other,
    (sum(coalesce(leaves.leaves_after, 0)) over four)::bigint as leaves_after_ads,
    (
        sum(
            if (
                weeks.is_heard,
                coalesce(leaves.leaves_other, 0),
                0
            )
        ) over four
    )::bigint as leaves_other
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
