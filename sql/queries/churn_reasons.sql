/*
title: Reasons for leaving
description: Leavers by reason, declared and inferred apart, of the week and those before it.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  weeks: {type: number, default: 1}
people: [persons, weight, confirmed, likely, possible, leavers, respondents, with_first]
sums: {of: [persons], by: [source], with: [weight, confirmed, likely, possible, with_first]}
*/
with
    chosen as (
        select
            *
        from
            marts.churn_reasons
        where
            week > $week::date - 7 * $weeks::integer
            and week <= $week::date
            and $group_id in ('*', group_id)
    ),
    leavers as (
        select
            count(distinct (group_id, person_id, nth)) as leavers,
            count(distinct (group_id, person_id, nth)) filter(source = 'declared') as respondents
        from
            chosen
    ),
    first_reasons as (
        select
            source,
            reason
        from
            chosen
        group by
            source,
            reason
        qualify
            row_number() over (
                partition by
                    source
                order by
                    count(*) desc,
                    reason
            ) = 1
    ),
    named_first as (
        select
            chosen.source,
            chosen.group_id,
            chosen.person_id,
            chosen.nth
        from
            chosen
            inner join first_reasons using (source, reason)
    )
select
    chosen.source,
    chosen.reason,
    any_value(chosen.title_zh) as title_zh,
    any_value(chosen.title_en) as title_en,
    count(*) as persons,
    sum(chosen.weight) as weight,
    count(*) filter(chosen.label = 'confirmed') as confirmed,
    count(*) filter(chosen.label = 'likely') as likely,
    count(*) filter(chosen.label = 'possible') as possible,
    any_value(leavers.leavers) as leavers,
    any_value(leavers.respondents) as respondents,
    -- Of them, those for whom the reason of most persons stands too.
    count(named_first.person_id) as with_first
from
    chosen
    left join named_first using (source, group_id, person_id, nth)
    cross join leavers
group by
    chosen.source,
    chosen.reason
order by
    chosen.source,
    weight desc,
    chosen.reason
