/*
title: Members of a segment
description: >-
  Who is in a lifecycle segment at the week's end (today, of a week that is not over), save those who opted out of being written to; why, what they bought, how they can be addressed and by whom. First
  whose purchases are worth most today: value, halved for every half-life without a purchase (score), then the most
  recently active. p_alive is the chance that a buyer is still one, null where the shop's data carry no model; level is that of the week's end, the newest where none is known of then;
  overdue_after is the days after which a gap is longer than nine in ten of this buyer's, from two gaps on. is_holdout is the fifth of each stratum (why and whether they bought) that a first campaign of the
  week would leave alone, drawn by a hash, so the same list gives the same split (integer parts by largest remainder); under 20 people nobody is held out.
  most bounds the rows; null gives all. holdout: no leaves is_holdout unknown (null), and spares drawing everybody.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  segment: {type: text, default: dormant}
  most: {type: number, default: null}
  holdout: {type: text, default: "yes"}
people: []
needs: {orders: [last_order_day, orders, value, score, p_alive, days_since_order, overdue_after, rfm], buyers: [last_order_day, orders, value, score, p_alive, days_since_order, overdue_after, rfm]}
*/
with
    salt as (
        select
            if ($holdout = 'yes', 'fupan ' || $week || '|', null) as salt
    ),
    here as (
        select
            person_id
        from
            marts.member_weeks
        where
            week = $week::date
            and segment = $segment
            and group_id = $group_id
            and (
                is_member_end
                or $segment = 'left'
            )
    ),
    chosen as materialized (
        select
            weeks.person_id,
            weeks.week,
            weeks.segment,
            weeks.previous_segment,
            weeks.last_message_at,
            weeks.last_order_day,
            weeks.is_heard,
            outreach.last_addressed_at,
            coalesce(outreach.addressed_30d, 0) as addressed_30d,
            calendar.until_day,
            calendar.ends_at,
            -- Local, as purchase days are.
            weeks.last_message_at + ((weeks.week + 7)::timestamp - calendar.ends_at) as spoke_local
        from
            marts.person_weeks as weeks
            inner join report.weeks as calendar using (week)
            left join marts.outreach as outreach using (person_id)
        where
            weeks.week = $week::date
            and weeks.segment = $segment
            and (
                $group_id = '*'
                or weeks.person_id in (
                    from
                        here
                )
            )
            and not coalesce(outreach.is_opted_out, false)
    ),
    listed as materialized (
        select
            chosen.person_id,
            chosen.segment,
            chosen.previous_segment,
            case
                when chosen.segment <> 'dormant' then chosen.segment
                when chosen.last_order_day is not null then 'lapsed_buyer'
                when chosen.last_message_at is not null then 'went_silent'
                when not chosen.is_heard then 'not_heard'
                else 'never_spoke'
            end as why,
            date_diff(
                'day',
                greatest(
                    chosen.spoke_local,
                    chosen.last_order_day::timestamp
                ),
                chosen.until_day::timestamp
            ) as days_silent,
            chosen.last_message_at,
            chosen.last_order_day,
            coalesce(spans.orders, 0) as orders,
            coalesce(spans.value, 0)::double as value,
            spans.value::double * pow(
                0.5,
                (chosen.until_day - spans.paid_day) / model.half_life_days
            ) as score,
            chosen.until_day,
            chosen.ends_at,
            spans.repeats,
            spans.first_day,
            spans.paid_day,
            spans.mean_ln_gap,
            chosen.last_addressed_at,
            chosen.addressed_30d,
            (
                '0x' || substr(sha256(salt || chosen.person_id), 1, 13)
            )::ubigint as draw
        from
            chosen
            left join marts.buying_spans as spans on spans.person_id = chosen.person_id
            and spans.paid_day < $week::date + 7
            and spans.until_day >= $week::date + 7
            cross join report.repurchase_model as model
            cross join salt
    ),
    -- Who is not listed needs no name.
    top as materialized (
        from
            listed
        order by
            score desc nulls last,
            days_silent asc nulls last,
            person_id
        limit
            $most::bigint
    ),
    -- The place of everyone, of two numbers and a word: sorting whole rows would take longer than all the rest. Of a short
    -- list the places are counted instead; each of a long one held against everyone would take minutes.
    drawn as (
        select
            person_id,
            row_number() over (
                partition by
                    why,
                    orders > 0
                order by
                    draw
            ) as place
        from
            listed
        where
            $holdout = 'yes'
            and coalesce($most::bigint, 1000) > 100
        union all
        select
            top.person_id,
            count(*)
        from
            top
            inner join listed on listed.why = top.why
            and (listed.orders > 0) = (top.orders > 0)
            and listed.draw <= top.draw
        where
            $holdout = 'yes'
            and $most::bigint <= 100
        group by
            top.person_id
    ),
    sizes as (
        select
            why,
            orders > 0 as has_bought,
            count(*) as stratum,
            sum(count(*)) over () as people
        from
            listed
        where
            $holdout = 'yes'
        group by
            why,
            orders > 0
    ),
    strata as (
        select
            *,
            stratum // 5 as whole,
            row_number() over (
                order by
                    stratum % 5 desc,
                    why,
                    has_bought
            ) as turn
        from
            sizes
    ),
    quotas as (
        select
            why,
            has_bought,
            people,
            whole + (turn <= round(people / 5) - sum(whole) over ())::bigint as quota
        from
            strata
    ),
    places as (
        select
            members.person_id,
            list(
                groups.name
                order by
                    groups.name
            ) as groups,
            -- A group's list is for its own owner; of all groups together the first one's.
            min_by(
                groups.owner_id,
                (groups.group_id <> $group_id, groups.name)
            ) filter(groups.owner_id is not null) as owner_id
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
            and members.person_id in (
                select
                    person_id
                from
                    top
            )
        group by
            members.person_id
    )
select
    top.person_id,
    coalesce(persons.display_name, '') as name,
    places.groups,
    top.segment,
    top.previous_segment,
    top.why,
    top.days_silent,
    top.last_message_at,
    top.last_order_day,
    top.orders,
    top.value,
    top.score,
    1 / (
        1 + model.a / (model.b + top.repeats) * pow(
            (model.alpha + (top.until_day - top.first_day) / 7) / (model.alpha + (top.paid_day - top.first_day) / 7),
            model.r + top.repeats
        )
    ) as p_alive,
    top.until_day - top.paid_day as days_since_order,
    case
        when top.repeats >= 2 then round(
            least(
                90,
                greatest(
                    14,
                    exp(
                        (
                            top.repeats * top.mean_ln_gap * model.gap_between + model.gap_within * model.gap_mean
                        ) / (
                            top.repeats * model.gap_between + model.gap_within
                        ) + 1.2815515655446 * sqrt(
                            model.gap_within + model.gap_within * model.gap_between / (
                                top.repeats * model.gap_between + model.gap_within
                            )
                        )
                    )
                )
            )
        )::integer
    end as overdue_after,
    rfm.rfm,
    coalesce(levels.level, persons.level) as level,
    case
        when top.addressed_30d > 0 then 'wait'
        when top.why = 'lapsed_buyer' then 'tier.dormant'
        when top.why = 'went_silent' then 'topic'
        when top.why in ('never_spoke', 'not_heard', 'new') then 'welcome'
        when top.why = 'repeat' then 'thanks'
        else 'topic'
    end as suggested_scene,
    coalesce(owners.display_name, '') as owner,
    top.last_addressed_at,
    top.addressed_30d,
    quotas.people >= 20
    and drawn.place <= quotas.quota as is_holdout
from
    top
    left join drawn on drawn.person_id = top.person_id
    left join quotas on quotas.why = top.why
    and quotas.has_bought = (top.orders > 0)
    inner join places on places.person_id = top.person_id
    inner join marts.people as persons on persons.person_id = top.person_id
    left join marts.level_spells as levels on levels.person_id = top.person_id
    and levels.known_at < top.ends_at
    and coalesce(levels.until_at, timestamp '9999-01-01') >= top.ends_at
    left join marts.people as owners on owners.person_id = places.owner_id
    left join marts.rfm as rfm on rfm.person_id = top.person_id
    and rfm.week = $week::date
    cross join report.repurchase_model as model
order by
    top.score desc nulls last,
    top.days_silent asc nulls last,
    top.person_id
