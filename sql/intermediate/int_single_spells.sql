/*
title: Spells of members of one group
description: >-
  For everyone with one stay in one group, the weeks in which something happened (came, spoke, bought), each with what
  holds until the next such week and what held before. A year of silence is one row here.
grain: [person_id, week]
*/
with
    singles as (
        select
            *
        from
            intermediate.int_members
        where
            is_only
            and from_week <= to_week
    ),
    bought as (
        select distinct
            group_id,
            person_id,
            week
        from
            intermediate.int_buyer_orders
        where
            group_id <> '*'
    ),
    purchases as (
        select
            buyers.person_id,
            buyers.week,
            buyers.last_day,
            buyers.previous_day,
            bought.week is not null as bought
        from
            intermediate.int_buyer_weeks as buyers
            inner join singles using (person_id)
            left join bought on bought.group_id = singles.group_id
            and bought.person_id = buyers.person_id
            and bought.week = buyers.week
    ),
    speaking as (
        select
            speaking.person_id,
            speaking.week,
            speaking.messages,
            speaking.organic_messages,
            speaking.last_message_at
        from
            intermediate.int_speaking_weeks as speaking
            semi join singles using (group_id, person_id)
    ),
    happened as (
        select
            person_id,
            week,
            speaking.messages,
            speaking.organic_messages,
            speaking.last_message_at,
            purchases.last_day,
            purchases.previous_day,
            coalesce(purchases.bought, false) as bought
        from
            speaking
            full join purchases using (person_id, week)
    ),
    started as (
        select
            *
        from
            happened
        union all
        select
            singles.person_id,
            singles.from_week,
            null,
            null,
            null,
            null,
            null,
            false
        from
            singles
            anti join happened on happened.person_id = singles.person_id
            and happened.week = singles.from_week
    )
select
    person_id,
    week,
    coalesce(messages, 0) as messages,
    coalesce(organic_messages, 0) > 0 as spoke_organic,
    bought,
    lead (week, 1, date '9999-01-01') over history as next_week,
    lag (week) over history as lag_week,
    coalesce(lag (messages) over history, 0) as lag_messages,
    coalesce(lag (organic_messages) over history, 0) > 0 as lag_organic,
    coalesce(lag (bought) over history, false) as lag_bought,
    max(last_message_at) over so_far as last_message_at,
    max(last_day) over so_far as last_day,
    max(previous_day) over so_far as previous_day,
    max(last_message_at) over until_then as before_message_at,
    max(last_day) over until_then as before_day,
    max(previous_day) over until_then as before_previous_day
from
    started
window
    history as (
        partition by
            person_id
        order by
            week
    ),
    so_far as (
        partition by
            person_id
        order by
            week rows unbounded preceding
    ),
    until_then as (
        partition by
            person_id
        order by
            week rows between unbounded preceding
            and 1 preceding
    )
