/*
title: How talk and sales are spread
description: >-
  Of one week, how much of the members' messages (talk) and of the buyers' net amount (sales) rests on few people: the
  share of the first, of the first tenth (rounded up), the sum of squared shares (hhi, Herfindahl–Hirschman; 1 = one
  person alone), and how many people with equal shares that is worth (equal_people = 1 / hhi). Of those with any.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
people: [people, equal_people]
*/
with
    amounts as (
        select
            'talk' as what,
            person_id,
            messages::double as amount
        from
            marts.participation
        where
            group_id = $group_id
            and week = $week::date
            and messages > 0
        union all
        select
            'sales',
            person_id,
            net_amount::double
        from
            marts.buyer_weeks
        where
            group_id = $group_id
            and week = $week::date
            and net_amount > 0
    ),
    shares as (
        select
            what,
            amount,
            amount / sum(amount) over (
                partition by
                    what
            ) as share,
            row_number() over (
                partition by
                    what
                order by
                    amount desc
            ) as place,
            count(*) over (
                partition by
                    what
            ) as people
        from
            amounts
    )
select
    what,
    count(*) as people,
    sum(amount) as total,
    max(share) as top1_share,
    sum(share) filter(place <= ceil(people / 10)) as top10_share,
    sum(share * share) as hhi,
    1 / sum(share * share) as equal_people
from
    shares
group by
    what
order by
    what desc
