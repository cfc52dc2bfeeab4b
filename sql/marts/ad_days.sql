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
    products as (
        select distinct
            group_id,
            product
        from
            intermediate.int_events
        where
            length(product) >= 2
    ),
    -- An ad of several products at once is one campaign. Texts are read of groups with products alone.
    named as (
        select
            ads.message_key,
            ads.group_id,
            min(products.product) as product
        from
            intermediate.int_messages as ads
            inner join products on products.group_id = ads.group_id
            and contains(ads.match_text, products.product)
        where
            ads.is_ad
            and ads.is_counted
            and ads.role in ('staff', 'partner')
        group by
            ads.message_key,
            ads.group_id
    )
select
    ads.group_id,
    ads.week,
    ads.local_at::date as day,
    greatest(1, count(distinct named.product)) as units
from
    marts.messages as ads
    left join named using (message_key, group_id)
where
    ads.is_ad
    and ads.is_counted
    and ads.role in ('staff', 'partner')
group by
    ads.group_id,
    ads.week,
    ads.local_at::date
