/*
title: Members of a segment
description: >-
  Who is in a lifecycle segment at the week's end, save those who opted out of being written to; why, what they bought, how they can be addressed and by whom. First
  whose purchases are worth most today: value, halved for every half-life without a purchase (score), then the most
  recently active. p_alive is the chance that a buyer is still one, null where the shop's data carry no model;
  overdue_after is the days after which a gap is longer than nine in ten of this buyer's, from two gaps on. is_holdout is the fifth of each stratum (why and whether they bought) that a first campaign of the
  week would leave alone, drawn by a hash, so the same list gives the same split (integer parts by largest remainder); under
  20 people nobody is held out.
  most bounds the rows; null gives all.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  segment: {type: text, default: dormant}
  most: {type: number, default: null}
people: []
needs: {orders: [last_order_day, orders, value, score, p_alive, days_since_order, overdue_after, rfm]}
*/
with
    chosen as (
        select
            *
        from
            marts.person_weeks
        where
            week = $week::date
            and segment = $segment
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
            min_by(groups.owner_id, groups.name) filter(groups.owner_id is not null) as owner_id,
            bool_or(members.group_id = $group_id) as is_here,
            bool_or(groups.has_messages) as is_heard
        from
            marts.member_weeks as members
            inner join marts.groups as groups using (group_id)
        where
            members.week = $week::date
            and members.segment = $segment
            and (
                members.is_member_end
                or $segment = 'left'
            )
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
            is_counted
            and paid_day < $week::date + 7
        group by
            person_id
    ),
    listed as (
        select
            chosen.person_id,
            coalesce(people.display_name, '') as name,
            places.groups,
            chosen.segment,
            chosen.previous_segment,
            case
                when chosen.segment <> 'dormant' then chosen.segment
                when chosen.last_order_day is not null then 'lapsed_buyer'
                when chosen.last_message_at is not null then 'went_silent'
                when not places.is_heard then 'not_heard'
                else 'never_spoke'
            end as why,
            date_diff(
                'day',
                greatest(
                    chosen.last_message_at,
                    chosen.last_order_day::timestamp
                ),
                (chosen.week + 7)::timestamp
            ) as days_silent,
            chosen.last_message_at,
            chosen.last_order_day,
            coalesce(spent.orders, 0) as orders,
            coalesce(spent.value, 0)::double as value,
            spent.value::double * pow(
                0.5,
                ($week::date + 7 - spans.paid_day) / model.half_life_days
            ) as score,
            1 / (
                1 + model.a / (model.b + spans.repeats) * pow(
                    (
                        model.alpha + ($week::date + 7 - spans.first_day) / 7
                    ) / (
                        model.alpha + (spans.paid_day - spans.first_day) / 7
                    ),
                    model.r + spans.repeats
                )
            ) as p_alive,
            $week::date + 7 - spans.paid_day as days_since_order,
            case
                when spans.repeats >= 2 then least(
                    90,
                    greatest(
                        14,
                        exp(
                            (
                                spans.repeats * spans.mean_ln_gap * model.gap_between + model.gap_within * model.gap_mean
                            ) / (
                                spans.repeats * model.gap_between + model.gap_within
                            ) + 1.2815515655446 * sqrt(
                                model.gap_within + model.gap_within * model.gap_between / (
                                    spans.repeats * model.gap_between + model.gap_within
                                )
                            )
                        )
                    )
                )
            end as overdue_after,
            rfm.rfm,
            people.level,
            coalesce(owners.display_name, '') as owner,
            outreach.last_addressed_at,
            coalesce(outreach.addressed_30d, 0) as addressed_30d,
            (
                '0x' || substr(
                    sha256('fupan ' || $week || '|' || chosen.person_id),
                    1,
                    13
                )
            )::ubigint as draw
        from
            chosen
            inner join places using (person_id)
            inner join marts.people using (person_id)
            left join spent using (person_id)
            left join marts.people as owners on owners.person_id = places.owner_id
            left join marts.buying_spans as spans on spans.person_id = chosen.person_id
            and spans.paid_day < $week::date + 7
            and spans.until_day >= $week::date + 7
            cross join report.repurchase_model as model
            left join marts.rfm as rfm on rfm.person_id = chosen.person_id
            and rfm.week = $week::date
            left join marts.outreach as outreach on outreach.person_id = chosen.person_id
        where
            (
                $group_id = '*'
                or places.is_here
            )
            and not coalesce(outreach.is_opted_out, false)
    ),
    drawn as (
        select
            *,
            row_number() over (
                partition by
                    why,
                    orders > 0
                order by
                    draw
            ) as place,
            count(*) over (
                partition by
                    why,
                    orders > 0
            ) as stratum,
            count(*) over () as people
        from
            listed
    ),
    strata as (
        select
            why,
            orders > 0 as has_bought,
            any_value(people) as people,
            any_value(stratum) // 5 as whole,
            row_number() over (
                order by
                    any_value(stratum) % 5 desc,
                    why,
                    orders > 0
            ) as turn
        from
            drawn
        group by
            why,
            orders > 0
    ),
    quotas as (
        select
            why,
            has_bought,
            whole + (turn <= round(people / 5) - sum(whole) over ())::bigint as quota
        from
            strata
    )
select
    person_id,
    name,
    groups,
    segment,
    previous_segment,
    drawn.why,
    days_silent,
    last_message_at,
    last_order_day,
    orders,
    value,
    score,
    p_alive,
    days_since_order,
    round(overdue_after)::integer as overdue_after,
    rfm,
    level,
    case
        when addressed_30d > 0 then 'wait'
        when drawn.why = 'lapsed_buyer' then 'tier.dormant'
        when drawn.why = 'went_silent' then 'topic'
        when drawn.why in ('never_spoke', 'not_heard') then 'welcome'
        when drawn.why = 'new' then 'welcome'
        when drawn.why = 'repeat' then 'thanks'
        else 'topic'
    end as suggested_scene,
    owner,
    last_addressed_at,
    addressed_30d,
    people >= 20
    and place <= quotas.quota as is_holdout
from
    drawn
    inner join quotas on quotas.why = drawn.why
    and quotas.has_bought = (drawn.orders > 0)
order by
    score desc nulls last,
    days_silent asc nulls last,
    person_id
limit
    $most::bigint
