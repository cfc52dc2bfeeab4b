/*
title: Levels that rose, for the rules
description: Per group and week the members whose level rose in four weeks, where lists state levels that can be told up from down.
grain: [group_id, week]
*/
with
    -- Levels of one row of words, or numbered ones, can be told higher from lower; groups may call theirs anything.
    ranked as (
        select
            lists.group_id,
            lists.person_key,
            keys.person_id,
            coalesce(
                lists.level_at,
                lists.snapshot_at,
                lists.stated_at
            ) as said_at,
            lists.level,
            ranks.rank::integer as rank,
            try_cast (
                regexp_extract(
                    lower(lists.level),
                    '^(?:lv|level|v|vip)?\.? ?(\d{1,3})(?:级|星)?$',
                    1
                ) as integer
            ) as number
        from
            staging.stg_member_lists as lists
            inner join intermediate.int_person_keys as keys using (person_key)
            anti join intermediate.int_roles as everywhere on everywhere.person_id = keys.person_id
            and everywhere.group_id = '*'
            anti join intermediate.int_roles as here on here.person_id = keys.person_id
            and here.group_id = lists.group_id
            left join seeds.level_ranks as ranks on ranks.level = lower(trim(lists.level))
        where
            lists.level is not null
            and said_at is not null
        qualify
            row_number() over (
                partition by
                    lists.group_id,
                    lists.person_key,
                    said_at
                order by
                    lists.joined_at desc nulls last,
                    lists.level_no desc nulls last,
                    lists.level desc
            ) = 1
    ),
    levels as (
        select
            group_id,
            person_id,
            week_of (local_time (said_at)) as week,
            lag (level) over lists as level_before,
            level <> level_before as is_changed,
            coalesce(
                rank - lag (rank) over lists,
                number - lag (number) over lists
            ) as rise
        from
            ranked
        window
            lists as (
                partition by
                    group_id,
                    person_key
                order by
                    said_at
            )
    )
select
    weeks.group_id,
    weeks.week,
    if (
        bool_or(
            levels.is_changed
            and levels.rise is null
        ),
        null,
        count(distinct levels.person_id) filter(levels.rise > 0)
    ) as level_ups_4w
from
    intermediate.int_rule_weeks as weeks
    inner join levels on levels.group_id = weeks.group_id
    and levels.week between weeks.week - 21 and weeks.week
    -- The first list shows who has which level, and nobody's rise.
    and levels.level_before is not null
group by
    weeks.group_id,
    weeks.week
