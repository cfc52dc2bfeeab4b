/*
title: Dormant members
description: >-
  Who is dormant at the week's end, why (never spoke, went silent, lapsed buyer), for how long, and what they bought
  before. Most valuable first.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
*/
with
    dormant as (
        select
            person_id,
            last_message_at,
            last_order_day,
            first_joined_at,
            week
        from
            marts.person_weeks
        where
            week = $week::date
            and segment = 'dormant'
    ),
    places as (
        select
            members.person_id,
            string_agg(
                groups.name,
                '、'
                order by
                    groups.name
            ) as groups,
            bool_or(members.group_id = $group_id) as is_here
        from
            marts.member_weeks as members
            inner join marts.groups as groups using (group_id)
        where
            members.week = $week::date
            and members.is_member_end
            and members.segment = 'dormant'
        group by
            members.person_id
    ),
    spent as (
        select
            person_id,
            count(*) as orders,
            sum(net_amount) as value
        from
            marts.orders
        where
            is_valid
            and paid_day < $week::date + 7
        group by
            person_id
    )
select
    dormant.person_id,
    coalesce(people.display_name, '') as name,
    places.groups,
    case
        when dormant.last_order_day is not null then 'lapsed_buyer'
        when dormant.last_message_at is not null then 'went_silent'
        else 'never_spoke'
    end as why,
    date_diff(
        'day',
        greatest(
            dormant.last_message_at,
            dormant.last_order_day::timestamp
        ),
        (dormant.week + 7)::timestamp
    ) as days_silent,
    dormant.last_message_at,
    dormant.last_order_day,
    coalesce(spent.orders, 0) as orders,
    coalesce(spent.value, 0)::double as value
from
    dormant
    inner join places using (person_id)
    inner join marts.people using (person_id)
    left join spent using (person_id)
where
    $group_id = '*'
    or places.is_here
order by
    value desc,
    days_silent asc nulls last,
    dormant.person_id
