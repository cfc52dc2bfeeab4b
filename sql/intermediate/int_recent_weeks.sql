/*
title: The newest weeks
description: >-
  The first of the eight newest weeks. What a meeting looks at is stored behind everything older, so that a page reads
  only that part of a table.
grain: [since_week]
columns:
  since_week: First day of the week (local).
*/
select
    (max(week) - 7 * 7)::date as since_week
from
    intermediate.int_weeks
