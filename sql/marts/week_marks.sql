/*
title: Special weeks
description: >-
  Public holidays and shopping festivals that a week touches. Such a week compares badly with its neighbours: it is
  marked on the page and left out of what is learnt about ordinary changes.
grain: [week, id]
columns:
  week: First day of the local week.
  id: The holiday or festival.
  kind: holiday or promotion.
  title_zh: Its name in Chinese.
  title_en: Its name in English.
  from_day: Its first day in this week.
  to_day: Its last day in this week.
  days: Its days in this week.
  basis: official, derived (worked out from the lunar calendar) or seed.
*/
with
    years as (
        select
            year(day) as year,
            min(day) filter(is_new_year) as new_year
        from
            config.holidays
        group by
            year(day)
    ),
    windows as (
        select
            promotions.id,
            promotions.title_zh,
            promotions.title_en,
            if (
                promotions.anchor = 'year',
                try_cast (
                    years.year::varchar || '-' || promotions.from_day as date
                ),
                years.new_year + try_cast (promotions.from_day as integer)
            ) as from_day,
            if (
                promotions.anchor = 'year',
                try_cast (
                    years.year::varchar || '-' || promotions.to_day as date
                ),
                years.new_year + try_cast (promotions.to_day as integer)
            ) as to_day
        from
            seeds.promotions
            cross join years
    ),
    special as (
        select
            id,
            'holiday' as kind,
            title_zh,
            title_en,
            day as from_day,
            day as to_day,
            basis
        from
            config.holidays
        union all
        select
            id,
            'promotion',
            title_zh,
            title_en,
            from_day,
            to_day,
            'seed'
        from
            windows
        where
            from_day is not null
    )
select
    weeks.week,
    special.id,
    any_value(special.kind) as kind,
    any_value(special.title_zh) as title_zh,
    any_value(special.title_en) as title_en,
    min(greatest(special.from_day, weeks.week)) as from_day,
    max(least(special.to_day, (weeks.week + 6)::date)) as to_day,
    sum(
        date_diff(
            'day',
            greatest(special.from_day, weeks.week),
            least(special.to_day, (weeks.week + 6)::date)
        ) + 1
    )::integer as days,
    any_value(special.basis) as basis
from
    intermediate.int_weeks as weeks
    inner join special on special.from_day < weeks.week + 7
    and special.to_day >= weeks.week
group by
    weeks.week,
    special.id
