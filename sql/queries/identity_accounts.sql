/*
title: Accounts of identity suggestions
description: What each account of a suggestion is called (masked), where it stands and what it bought; the one asked about first.
people: []
*/
select
    suggestion_id,
    is_left,
    name,
    platform,
    platform_zh,
    platform_en,
    groups,
    joined_on,
    orders,
    net_amount::double as net_amount,
    last_order_on
from
    marts.identity_accounts
order by
    suggestion_id,
    is_left desc,
    net_amount desc,
    orders desc,
    person_key
