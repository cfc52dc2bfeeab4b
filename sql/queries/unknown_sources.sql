/*
title: Sources that were never imported
description: Sources of which nothing was imported for a group (or for any); what rests on them is unknown, not 0.
params:
  group_id: {type: text, default: "*"}
people: []
*/
select
    source,
    zh,
    en,
    href
from
    marts.sources
where
    not is_known
    and group_id = $group_id
order by
    source
