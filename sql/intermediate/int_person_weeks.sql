/*
title: Persons by week, without segment
description: Each member over all groups, once per week, with what they did.
grain: [person_id, week]
grainCheckedBy: marts.person_weeks
*/
with
    several as (
        select
            person_id
        from
            marts.memberships
        where
            is_member
        group by
            person_id
        having
            count(distinct group_id) > 1
    )
    -- Most people are in one group, whose rows are theirs already; grouping all would double the time.
select
    person_id,
    week,
    1 as groups,
    is_member_start,
    is_member_end,
    joined,
    churned,
    spoke,
    messages,
    bought,
    is_newcomer,
    observed_24h,
    spoke_24h,
    observed_7d,
    spoke_7d,
    last_message_at
from
    intermediate.int_member_weeks
    anti join several using (person_id)
union all
select
    person_id,
    week,
    count(*),
    bool_or(is_member_start),
    bool_or(is_member_end),
    bool_or(joined),
    bool_or(churned),
    bool_or(spoke),
    sum(messages)::bigint,
    bool_or(bought),
    bool_or(is_newcomer),
    bool_or(observed_24h),
    bool_or(spoke_24h),
    bool_or(observed_7d),
    bool_or(spoke_7d),
    max(last_message_at)
from
    intermediate.int_member_weeks
    semi join several using (person_id)
group by
    person_id,
    week
