/*
title: How well people are known
description: Counts about ids, phones and orders, and the share of orders that name somebody of the community.
people: [persons, phone_persons]
*/
select
    *,
    orders_matched / nullif(orders_with_buyer, 0) as matched_share
from
    marts.identity_audit
