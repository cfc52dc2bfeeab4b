/*
title: Days with ads
description: >-
  Ad units of a group on one local day: a campaign or product that staff or a partner push, however often (handbook
  D-07). Only the calendar tells products apart; an ad that names none of them goes with any other of its day, so that
  these are at least so many.
grain: [group_id, week, day]
columns:
  group_id: The group.
  week: First day of the local week.
  day: The local day.
  units: Ad units of the day.
*/
with
    ads as (
        select
            message_key,
            group_id,
            week,
            local_at::date as day,
            match_text
        from
            intermediate.int_messages
        where
            is_ad
            and is_counted
            and role in ('staff', 'partner')
    ),
    products as (
        select distinct
            group_id,
            product
        from
            intermediate.int_events
        where
            length(product) >= 2
    ),
    -- An ad of several products at once is one campaign.
    named as (
        select
            ads.message_key,
            ads.group_id,
            min(products.product) as product
        from
            ads
            inner join products on products.group_id = ads.group_id
            and contains(ads.match_text, products.product)
        group by
            ads.message_key,
            ads.group_id
    )
select
    ads.group_id,
    ads.week,
    ads.day,
    greatest(1, count(distinct named.product)) as units
from
    ads
    left join named using (message_key, group_id)
group by
    ads.group_id,
    ads.week,
    ads.day
