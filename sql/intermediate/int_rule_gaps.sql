/*
title: Gaps between purchases for the rules
description: The 75th percentile of the gaps between purchase days that had ended by each week, of twenty at least.
grain: [week]
*/
with
    -- Gaps between purchases that had ended by each week: what was bought later says nothing of who was late then.
    gap_days as (
        select
            week,
            paid_day - previous_day as gap,
            count(*) as gaps
        from
            intermediate.int_purchase_days
        where
            previous_day is not null
        group by all
    ),
    known_gaps as (
        select
            weeks.week,
            gap_days.gap,
            sum(sum(gap_days.gaps)) over (
                partition by
                    weeks.week
                order by
                    gap_days.gap
            ) as upto,
            0.75 * (
                sum(sum(gap_days.gaps)) over (
                    partition by
                        weeks.week
                ) - 1
            )::double as place
        from
            (
                select distinct
                    week
                from
                    intermediate.int_rule_weeks
            ) as weeks
            inner join gap_days on gap_days.week <= weeks.week
        group by
            weeks.week,
            gap_days.gap
    )
    -- Between the two gaps around three quarters, as quantile_cont.
select
    week,
    min(gap) filter(upto > floor(place)) + (any_value(place) - floor(any_value(place))) * (
        min(gap) filter(upto > ceil(place)) - min(gap) filter(upto > floor(place))
    ) as gap_days
from
    known_gaps
group by
    week
having
    max(upto) >= 20
