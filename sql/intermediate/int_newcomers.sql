/*
title: Newcomers
description: Joiners (first stay, not implied) with how soon they spoke, as far as as_of has observed it.
grain: [group_id, person_id]
*/
select
    stays.group_id,
    stays.person_id,
    stays.week,
    stays.newcomer_at + interval 24 hour <= settings.as_of as observed_24h,
    stays.newcomer_at + interval 7 day <= settings.as_of as observed_7d,
    min(messages.sent_at) < stays.newcomer_at + interval 24 hour as spoke_24h,
    min(messages.sent_at) < stays.newcomer_at + interval 7 day as spoke_7d
from
    intermediate.int_stays as stays
    cross join config.settings
    left join intermediate.int_messages as messages on messages.group_id = stays.group_id
    and messages.person_id = stays.person_id
    and messages.is_counted
    and messages.sent_at >= stays.newcomer_at
where
    stays.newcomer_at is not null
group by
    stays.group_id,
    stays.person_id,
    stays.week,
    stays.newcomer_at,
    settings.as_of
