/*
title: Who an id is now
description: Of the given ids, those that have turned out to be another person's, and whose.
params:
  people: {type: text, default: ""}
people: []
*/
select
    keys.person_key,
    keys.person_id
from
    marts.identity as keys
    semi join (
        select
            unnest(string_split($people, ',')) as person_key
    ) as given using (person_key)
where
    keys.person_key <> keys.person_id
order by
    keys.person_key
