/*
title: Wake-up campaigns
description: >-
  Lists that were fixed to be written to, with their holdout, as of the build. Whom they hold stands in the workspace's
  lists alone; what they brought is computed where it is asked (fupan campaign result).
grain: [campaign_id]
columns:
  campaign_id: The campaign.
  title: What it is called.
  created_at: When the list was fixed (UTC).
  list_week: ISO week at whose end the list was drawn.
  group_id: The group of the list, or '*'.
  segment: Lifecycle segment of the list.
  why: Only those with this reason; null = all of the segment.
  starts_on: First local day on which a return counts.
  ends_on: Last such day.
  treated: People who are written to.
  held: People left alone by lot, to compare with.
checks:
  - ends_on >= starts_on
*/
select
    campaign_id,
    title,
    created_at,
    list_week,
    group_id,
    segment,
    why,
    starts_on,
    ends_on,
    treated,
    held
from
    config.campaigns
order by
    created_at,
    campaign_id
