/*
title: Spans of weeks that are stored together
description: >-
  Members by week are stored span after span, so that whoever asks for some weeks reads only their part of the table: as
  many as give half a million rows each, 13 at most, all of the same length.
grain: [part]
columns:
  part: From 0, oldest first.
  since_week: First day of the first week (local).
  until_week: First day of the last week (local); the first and the last span have no end on their outer side.
checks:
  - since_week <= until_week
*/
with
    bounds as (
        select
            max(week) as last_week,
            count(*) as weeks
        from
            intermediate.int_weeks
    ),
    rows as (
        select
            coalesce(sum((to_week - from_week) // 7 + 1), 0) as rows
        from
            intermediate.int_members
    ),
    spans as (
        select
            last_week,
            weeks,
            ceil(weeks / greatest(1, least(13, rows / 500000)))::integer as each
        from
            bounds
            cross join rows
    ),
    starts as (
        select
            unnest(range(greatest(1, ceil(weeks / each)::bigint))) as age,
            last_week,
            each
        from
            spans
    )
select
    row_number() over (
        order by
            age desc
    ) - 1 as part,
    if (
        age = max(age) over (),
        date '1900-01-01',
        last_week - 7 * (each * (age + 1) - 1)::integer
    )::date as since_week,
    if (
        age = 0,
        date '9999-01-01',
        last_week - 7 * (each * age)::integer
    )::date as until_week
from
    starts
