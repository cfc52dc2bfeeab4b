/*
title: Identity suggestions
description: Pairs to decide on, those with the most money first, with the member's name and group.
params:
  status: {type: text, default: pending}
people: []
*/
select
    suggestions.suggestion_id,
    suggestions.kind,
    suggestions.status,
    suggestions.is_asked,
    suggestions.left_key,
    suggestions.right_key,
    suggestions.person_id,
    suggestions.group_id,
    groups.name as group_name,
    people.display_name as name,
    suggestions.orders,
    suggestions.net_amount::double as net_amount,
    suggestions.first_order_at,
    suggestions.last_order_at,
    suggestions.first_order_on,
    suggestions.last_order_on,
    suggestions.differs_name,
    suggestions.differs_membership,
    suggestions.differs_platform
from
    marts.identity_suggestions as suggestions
    left join marts.groups using (group_id)
    left join marts.people using (person_id)
where
    $status = '*'
    or (
        suggestions.status = $status
        and suggestions.is_asked = ($status = 'pending')
    )
order by
    suggestions.net_amount desc,
    suggestions.orders desc,
    suggestions.suggestion_id
