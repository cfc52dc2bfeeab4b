/*
title: Members by group
description: Who was ever a member of a group, and whether of several groups, where '*' counts a person once.
grain: [group_id, person_id]
*/
select distinct
    group_id,
    person_id,
    count(distinct group_id) over (
        partition by
            person_id
    ) > 1 as in_several
from
    intermediate.int_members
