/*
title: Special weeks
description: >-
  Public holidays, shopping festivals and the holidays of the workspace's own calendar (of all groups) that a week touches.
  Such a week compares badly with its neighbours: it is marked on the page and left out of what is learnt about ordinary
  changes. A holiday of the calendar takes the place of one that was only worked out from the lunar calendar, and adds its days to an official one.
grain: [week, id]
columns:
  week: First day of the local week.
  id: The holiday or festival; calendar and its title where only the workspace's calendar knows it.
  kind: holiday or promotion.
  title_zh: Its name in Chinese.
  title_en: Its name in English.
  from_day: Its first day in this week.
  to_day: Its last day in this week.
  days: Its days in this week.
  basis: official, derived (worked out from the lunar calendar), calendar or seed.
  year_before: >-
    First day of the week a year before that lies as far from the festival, by days to whole weeks, where that is not the
    week of 52 weeks before (what follows the moon); else null.
*/
with
    -- What follows the moon has a day of its own; its year is that of the sun.
    moons as (
        select distinct
            id,
            year(own_day) as year,
            own_day
        from
            config.holidays
        where
            own_day is not null
    ),
    shifts as (
        select
            this.id,
            this.year,
            this.own_day,
            7 * round((this.own_day - before.own_day) / 7)::integer as days
        from
            moons as this
            left join moons as before on before.id = this.id
            and before.year = this.year - 1
    ),
    years as (
        select distinct
            year(day) as year
        from
            config.holidays
    ),
    windows as (
        select
            promotions.id,
            promotions.title_zh,
            promotions.title_en,
            shifts.days as shift,
            if (
                promotions.anchor = 'year',
                try_cast (
                    years.year::varchar || '-' || promotions.from_day as date
                ),
                shifts.own_day + try_cast (promotions.from_day as integer)
            ) as from_day,
            if (
                promotions.anchor = 'year',
                try_cast (
                    years.year::varchar || '-' || promotions.to_day as date
                ),
                shifts.own_day + try_cast (promotions.to_day as integer)
            ) as to_day
        from
            seeds.promotions
            cross join years
            left join shifts on shifts.id = promotions.anchor
            and shifts.year = years.year
    ),
    stated as (
        select
            row_key,
            title,
            local_time (starts_at)::date as from_day,
            greatest(
                local_time (starts_at)::date,
                local_time (coalesce(ends_at, starts_at) - interval 1 second)::date
            ) as to_day
        from
            staging.stg_calendar_events
        where
            type = 'holiday'
            and group_id is null
    ),
    known as (
        select
            id,
            title_zh,
            title_en,
            basis,
            year(day) as year,
            min(day) as from_day,
            max(day) as to_day
        from
            config.holidays
        group by all
    ),
    -- Which of them the calendar means: of several the one with most days in common.
    meant as (
        select
            stated.row_key,
            known.id,
            known.title_zh,
            known.title_en,
            known.basis,
            known.year
        from
            known
            inner join stated on stated.from_day <= known.to_day
            and stated.to_day >= known.from_day
        qualify
            row_number() over (
                partition by
                    stated.row_key
                order by
                    least(stated.to_day, known.to_day) - greatest(stated.from_day, known.from_day) desc,
                    known.id
            ) = 1
    ),
    days as (
        select
            holidays.id,
            'holiday' as kind,
            holidays.title_zh,
            holidays.title_en,
            holidays.day,
            holidays.basis,
            shifts.days as shift
        from
            config.holidays as holidays
            anti join meant on meant.id = holidays.id
            and meant.year = year(holidays.day)
            and meant.basis = 'derived'
            left join shifts on shifts.id = holidays.id
            and shifts.year = year(holidays.day)
        union all
        select
            coalesce(meant.id, 'calendar ' || stated.title),
            'holiday',
            if (
                meant.basis = 'official',
                meant.title_zh,
                stated.title
            ),
            if (
                meant.basis = 'official',
                meant.title_en,
                stated.title
            ),
            unnest(
                generate_series(stated.from_day, stated.to_day, interval 1 day)
            )::date,
            if (meant.basis = 'official', 'official', 'calendar'),
            shifts.days
        from
            stated
            left join meant using (row_key)
            left join shifts on shifts.id = meant.id
            and shifts.year = meant.year
        union all
        select
            id,
            'promotion',
            title_zh,
            title_en,
            unnest(generate_series(from_day, to_day, interval 1 day))::date,
            'seed',
            shift
        from
            windows
        where
            from_day is not null
    )
select
    weeks.week,
    days.id,
    any_value(days.kind) as kind,
    min(days.title_zh) as title_zh,
    min(days.title_en) as title_en,
    min(days.day) as from_day,
    max(days.day) as to_day,
    count(distinct days.day)::integer as days,
    any_value(days.basis) as basis,
    (weeks.week - nullif(any_value(days.shift), 364))::date as year_before
from
    intermediate.int_weeks as weeks
    inner join days on week_of (days.day::timestamp) = weeks.week
group by
    weeks.week,
    days.id
