/*
title: Spans of weeks that are stored together
description: >-
  Nine spans: part 8 is the eight newest weeks, those before it are eight spans of the same length. Members by week are
  stored span after span, so that whoever asks for some weeks reads only their part of the table.
grain: [part]
columns:
  part: 0 to 8, oldest first.
  since_week: First day of the first week (local).
  until_week: First day of the last week (local); the first and the last span have no end on their outer side.
checks:
  - since_week <= until_week + 7
*/
with
    ends as (
        select
            min(week) as first_week,
            (max(week) - 7 * 7)::date as recent_week
        from
            intermediate.int_weeks
    ),
    starts as (
        select
            part,
            (
                recent_week - 7 * ceil(
                    greatest(recent_week - first_week, 0) / 7 * (8 - part) / 8
                )::integer
            )::date as since_week
        from
            ends
            cross join range(9) as parts (part)
    )
select
    part::tinyint as part,
    if (part = 0, date '1900-01-01', since_week) as since_week,
    coalesce(
        lead (since_week) over (
            order by
                part
        ) - 7,
        date '9999-01-01'
    )::date as until_week
from
    starts
